using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime.Text;
using Wfm.Api.Persistence;

namespace Wfm.Api.Auditing;

/// <summary>Each row holds the hash of the one before: what is changed, put in or taken out later breaks the chain there.</summary>
/// <remarks>What is cut off at the end leaves a whole chain. So keep number and hash of the newest row somewhere else from time to time; verification takes
/// them.</remarks>
internal static class AuditChain
{
    /// <summary>What stands for the hash of the row before the first.</summary>
    public static readonly byte[] Root = new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over the hash before and every field: numbers as 8 bytes, texts as their length and UTF-8, −1 for null.</summary>
    public static byte[] HashOf(byte[] previous, AuditEntry entry)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(previous);
        Number(entry.Number);
        Number(InstantMicroseconds.From(entry.At));
        Text(entry.Kind.ToString());
        Text(entry.KeyId?.ToString());
        Text(entry.Name);
        Text(entry.Roles);
        Text(entry.SessionId?.ToString());
        Text(entry.Operation);
        Text(entry.Method);
        Text(entry.Path);
        Text(entry.Query);
        Text(entry.Address);
        Text(entry.TraceId);
        Number(entry.Status ?? -1);
        Text(entry.Details);
        return sha.GetHashAndReset();

        void Number(long value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            sha.AppendData(bytes);
        }

        void Text(string? value)
        {
            var bytes = value is null ? [] : Encoding.UTF8.GetBytes(value);
            Number(value is null ? -1 : bytes.Length);
            sha.AppendData(bytes);
        }
    }

    /// <summary>Reads the chain from its first row to its last, or to the first that does not fit.</summary>
    /// <param name="rows">In order of their numbers.</param>
    /// <param name="kept">Number and hash of a row as they were kept elsewhere; null when none were.</param>
    public static async Task<AuditVerdict> Verify(
        IAsyncEnumerable<AuditEntry> rows, (long Number, byte[] Hash)? kept, CancellationToken cancellationToken)
    {
        var (number, hash) = (0L, Root);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (Fault(row, number, hash, kept) is { } fault)
            {
                return new AuditVerdict(number, hash, fault);
            }

            (number, hash) = (row.Number, row.Hash);
        }

        return new AuditVerdict(
            number, hash, kept?.Number > number ? $"Rows {number + 1} to {kept.Value.Number} are missing: the end was cut off." : null);
    }

    private static string? Fault(AuditEntry row, long last, byte[] hash, (long Number, byte[] Hash)? kept)
    {
        var name = $"row {row.Number} ({InstantPattern.General.Format(row.At)}, {row.Kind} {row.Operation})";
        return row.Number > last + 1 ? $"{(row.Number == last + 2 ? $"Row {last + 1} is" : $"Rows {last + 1} to {row.Number - 1} are")} missing before {name}."
            : row.Number <= last ? $"There is a second {name}."
            : !row.Previous.AsSpan().SequenceEqual(hash) ? $"The chain breaks before {name}: it does not hold the hash of row {last}."
            : !row.Hash.AsSpan().SequenceEqual(HashOf(hash, row)) ? $"The chain breaks at {name}: it was changed after it was written."
            : kept is { } known && known.Number == row.Number && !known.Hash.AsSpan().SequenceEqual(row.Hash)
                ? $"The chain was written anew: {name} has another hash than the one that was kept."
            : null;
    }
}

/// <summary>What a chain is worth.</summary>
/// <param name="Rows">Rows that fit: the number of the last of them.</param>
/// <param name="Head">Its hash.</param>
/// <param name="Fault">The first row that does not fit, in a sentence; null when all do.</param>
internal sealed record AuditVerdict(long Rows, byte[] Head, string? Fault);
