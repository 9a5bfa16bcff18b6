using Wfm.Api.Pipeline;

namespace Wfm.Tests.Api.Pipeline;

public sealed class ComputeSlotsTests
{
    [Test, CancelAfter(20_000)]
    public async Task Run_ManyThatWantEveryCore_AllGetTheirTurn(CancellationToken cancellationToken)
    {
        using var slots = new ComputeSlots();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => slots.Run(() => i, i % 2 == 0 ? 64 : 1, cancellationToken)));

        results.Should().Equal(Enumerable.Range(0, 20));
    }

    [Test]
    public async Task Run_WorkFails_GivesTheSlotBack()
    {
        using var slots = new ComputeSlots();
        for (var i = 0; i < Environment.ProcessorCount + 1; i++)
        {
            await FluentActions.Awaiting(() => slots.Run<int>(() => throw new InvalidOperationException(), default)).Should()
                .ThrowAsync<InvalidOperationException>();
        }

        (await slots.Run(() => 7, default)).Should().Be(7);
    }
}
