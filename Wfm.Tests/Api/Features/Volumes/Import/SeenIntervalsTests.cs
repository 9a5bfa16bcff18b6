using FsCheck.Fluent;
using Wfm.Api.Features.Volumes.Import;

namespace Wfm.Tests.Api.Features.Volumes.Import;

public sealed class SeenIntervalsTests
{
    [FsCheck.NUnit.Property]
    public FsCheck.Property FirstLine_AnyOrder_IsWhatADictionarySays() => Prop.ForAll(
        Gen.Choose(-100, 100).ListOf().ToArbitrary(),
        slots =>
        {
            var (seen, oracle) = (new SeenIntervals(), new Dictionary<long, long>());
            for (var i = 0; i < slots.Count; i++)
            {
                var line = i + 2;
                var expected = oracle.TryAdd(slots[i], line) ? 0 : oracle[slots[i]];
                if (seen.FirstLine(slots[i], line) != expected)
                {
                    return false;
                }
            }

            return true;
        });
}
