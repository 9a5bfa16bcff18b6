using System.Collections.Concurrent;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Persistence;

public sealed class SequentialIdTests
{
    [Test]
    public void Next_ManyInAMillisecond_AreInTheOrderOfTheirMaking()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => SequentialId.Next().ToString()).ToList();

        ids.Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        ids.Should().OnlyContain(id => id[14] == '7' && "89ab".Contains(id[19]), "they are UUIDs of version 7");
    }

    [Test]
    public void Next_OnManyThreads_IsNeverTheSame()
    {
        var ids = new ConcurrentBag<Guid>();
        Parallel.For(0, 20_000, _ => ids.Add(SequentialId.Next()));

        ids.Distinct().Should().HaveCount(20_000);
    }
}
