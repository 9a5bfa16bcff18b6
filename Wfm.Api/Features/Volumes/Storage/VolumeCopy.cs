using System.Buffers.Binary;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Rows in the binary format of COPY, written as bytes: the driver's own writer takes several times as long for each value.</summary>
/// <remarks>Source: PostgreSQL manual, COPY, “Binary Format”: a head, for each row the number of columns and for each column its length and value, a
/// tail; all of it big-endian, times as microseconds since 2000.</remarks>
internal sealed class VolumeCopy
{
    public const string Columns = "series_id, interval_start, offered, handled, handle_time_seconds, abandoned, backlog";

    private const short ColumnCount = 7;
    private const int LongestRow = 2 + (4 + 4) + (ColumnCount - 1) * (4 + 8);
    private const long Year2000 = 946_684_800_000_000; // in microseconds since 1970

    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _length;

    /// <param name="table">A table with the columns of volumes.</param>
    public async Task Into(string table, ReadOnlyMemory<VolumeRow> rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        try
        {
            Head.CopyTo(_buffer, 0);
            _length = Head.Length;
            for (var i = 0; i < rows.Length;)
            {
                i = Fill(rows.Span, i);
                await copy.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
                _length = 0;
            }

            BinaryPrimitives.WriteInt16BigEndian(_buffer, -1);
            await copy.WriteAsync(_buffer.AsMemory(0, 2), cancellationToken);
        }
        catch
        {
            await copy.CancelAsync(); // what came so far is no load
            throw;
        }
    }

    /// <returns>The first row that no longer fits.</returns>
    private int Fill(ReadOnlySpan<VolumeRow> rows, int first)
    {
        var i = first;
        for (; i < rows.Length && _length + LongestRow <= _buffer.Length; i++)
        {
            ref readonly var row = ref rows[i];
            BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), ColumnCount);
            BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length + 2), 4);
            BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length + 6), row.SeriesId);
            _length += 10;
            Write(InstantMicroseconds.From(row.IntervalStart) - Year2000);
            Write(row.Offered);
            Write(row.Handled);
            Write(row.HandleTimeSeconds);
            Write(row.Abandoned);
            Write(row.Backlog);
        }

        return i;
    }

    private void Write(double? value)
    {
        if (value is { } number)
        {
            Write(BitConverter.DoubleToInt64Bits(number));
            return;
        }

        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), -1);
        _length += 4;
    }

    private void Write(long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), 8);
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_length + 4), value);
        _length += 12;
    }
}
