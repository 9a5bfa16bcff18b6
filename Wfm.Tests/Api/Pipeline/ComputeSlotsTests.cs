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

    [TestCase(ComputeSlots.Nights, 10)]
    [TestCase("a hub", 5)]
    [TestCase("", 0)]
    [Platform("Linux")]
    public async Task Run_OfAParty_GivesWayToWhatIsMoreUrgent(string party, int niceness)
    {
        using var slots = new ComputeSlots();
        ComputeSlots.Join(party);

        var ofTheThread = await slots.Run(() => File.ReadAllText("/proc/thread-self/stat"), default);

        const int Nice = 18; // 19th field, see proc(5); the second, a name in brackets, may hold blanks
        int.Parse(ofTheThread[(ofTheThread.LastIndexOf(')') + 2)..].Split(' ')[Nice - 2]).Should().Be(niceness);
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
