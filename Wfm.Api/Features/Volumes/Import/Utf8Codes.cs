using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Looks codes up by their UTF-8 bytes, so that a known code of a row makes no string.</summary>
internal sealed class Utf8Codes<T>
{
    private readonly Dictionary<byte[], T> _values;
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;

    public Utf8Codes(IEnumerable<(string Code, T Value)> entries)
    {
        _values = entries.ToDictionary(entry => Encoding.UTF8.GetBytes(entry.Code), entry => entry.Value, BytesComparer.Instance);
        _bySpan = _values.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Also takes a code as our own CSV export writes it when a spreadsheet would run it: with an apostrophe before <c>= + - @</c>.</summary>
    public bool TryGet(ReadOnlySpan<byte> code, [MaybeNullWhen(false)] out T value) =>
        _bySpan.TryGetValue(code, out value)
        || (code.Length > 1 && code[0] == '\'' && "=+-@"u8.Contains(code[1]) && _bySpan.TryGetValue(code[1..], out value));

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
