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

    [Test, CancelAfter(20_000)]
    public async Task Run_NightsAndAHubHaveEverySlot_AnotherHubBeginsAtOnce(CancellationToken cancellationToken)
    {
        using var slots = new ComputeSlots();
        using var end = new ManualResetEventSlim();
        var busy = new[] { "nights", "hub 1" }.SelectMany(party => Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => As(party, () =>
        {
            end.Wait(cancellationToken);
            return 0;
        }))).ToList();

        (await As("hub 2", () => 7)).Should().Be(7);
        busy.Should().OnlyContain(b => !b.IsCompleted);
        end.Set();
        await Task.WhenAll(busy);

        async Task<int> As(string party, Func<int> work)
        {
            ComputeSlots.Join(party);
            return await slots.Run(work, cancellationToken);
        }
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
