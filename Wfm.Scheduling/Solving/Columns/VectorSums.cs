using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wfm.Scheduling.Solving.Columns;

/// <summary>Sums of vectors, rounded alike on every machine (no fused operations).</summary>
internal static class VectorSums
{
    /// <summary>Adds factor × x to y.</summary>
    public static void AddTo(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(y);
        var by = Vector256.Create(factor);
        var i = 0;
        for (; i <= x.Length - 4; i += 4)
        {
            (Vector256.LoadUnsafe(ref to, (nuint)i) + (Vector256.LoadUnsafe(ref from, (nuint)i) * by)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] += factor * x[i];
        }
    }
}
