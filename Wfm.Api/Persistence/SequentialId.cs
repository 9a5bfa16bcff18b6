namespace Wfm.Api.Persistence;

/// <summary>Identities in the order in which this process made them: UUIDs of version 7 whose 12 bits after the milliseconds count on within a
/// millisecond.</summary>
/// <remarks>Lists say “newest first” by identity; with random bits two rows of one millisecond would come in any order. Source: RFC 9562, section 6.2, method
/// 1.</remarks>
internal static class SequentialId
{
    private const int CounterBits = 12;

    private static long _last; // milliseconds and counter

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = 0L;
        foreach (var part in bytes[..6])
        {
            milliseconds = (milliseconds << 8) | part;
        }

        long last, next;
        do
        {
            last = Volatile.Read(ref _last);
            next = Math.Max(milliseconds << CounterBits, last + 1); // more than 4,096 in a millisecond borrow from the next
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);

        for (var (i, rest) = (5, next >> CounterBits); i >= 0; i--, rest >>= 8)
        {
            bytes[i] = (byte)rest;
        }

        bytes[6] = (byte)(0x70 | ((next >> 8) & 0x0F));
        bytes[7] = (byte)next;
        return new Guid(bytes, bigEndian: true);
    }
}
