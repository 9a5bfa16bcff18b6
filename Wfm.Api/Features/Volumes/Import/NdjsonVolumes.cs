using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Wfm.Api.Features.Volumes.Storage;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Reads one JSON object a line; the properties are named like the CSV columns, or in camelCase.</summary>
internal sealed class NdjsonVolumes(Stream body, IVolumeRows rows, ImportNotes notes) : IVolumeSource
{
    private const int MaximumLine = 1 << 16;

    private readonly PipeReader _pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
    private long _line;
    private bool _skipping; // the rest of a line that is too long

    public async ValueTask<int> Fill(Memory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        var count = 0;
        while (count < rows.Length)
        {
            var read = await _pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (count < rows.Length && TakeLine(ref buffer, read.IsCompleted) is { } line)
            {
                if (TryRead(line, out rows.Span[count]))
                {
                    count++;
                }
            }

            var finished = read.IsCompleted && buffer.IsEmpty;
            _pipe.AdvanceTo(buffer.Start, count < rows.Length ? buffer.End : buffer.Start);
            if (finished)
            {
                break;
            }
        }

        return count;
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();

    /// <summary>The next whole line without its end; null when more must be read.</summary>
    private ReadOnlySequence<byte>? TakeLine(ref ReadOnlySequence<byte> buffer, bool completed)
    {
        while (!buffer.IsEmpty)
        {
            var end = buffer.PositionOf((byte)'\n');
            if (end is null && !completed)
            {
                if (!_skipping && buffer.Length > MaximumLine)
                {
                    notes.Reject(++_line, null, buffer.Slice(0, 100).ToArray(), $"is longer than {MaximumLine:N0} bytes");
                    _skipping = true;
                }

                buffer = _skipping ? buffer.Slice(buffer.End) : buffer;
                return null;
            }

            var line = end is { } at ? buffer.Slice(0, at) : buffer;
            buffer = end is { } newline ? buffer.Slice(buffer.GetPosition(1, newline)) : buffer.Slice(buffer.End);
            if (!_skipping)
            {
                _line++;
                return line;
            }

            _skipping = false;
        }

        return null;
    }

    private bool TryRead(in ReadOnlySequence<byte> sequence, out VolumeRow row)
    {
        row = default;
        var line = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        if (_line == 1 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        if (line.TrimEnd("\r \t"u8).IsEmpty)
        {
            return false;
        }

        var fields = default(VolumeFields);
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                notes.Reject(_line, null, line, "is not a JSON object");
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadProperty(ref json, ref fields);
            }

            while (json.Read())
            {
                // only white space may follow the object; the reader throws otherwise
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException) // the latter: half a surrogate pair
        {
            notes.Reject(_line, null, line, $"is not JSON: {malformed.Message}");
            return false;
        }

        return rows.TryRead(_line, ref fields, out row);
    }

    private void ReadProperty(scoped ref Utf8JsonReader json, ref VolumeFields fields)
    {
        var name = json.ValueSpan;
        if (name.SequenceEqual("interval_start"u8) || name.SequenceEqual("intervalStart"u8))
        {
            fields.IntervalStart = Value(ref json);
        }
        else if (name.SequenceEqual("queue"u8))
        {
            fields.Queue = Value(ref json);
        }
        else if (name.SequenceEqual("hub"u8))
        {
            fields.Hub = Value(ref json);
        }
        else if (name.SequenceEqual("offered"u8))
        {
            fields.Offered = Value(ref json);
        }
        else if (name.SequenceEqual("handled"u8))
        {
            fields.Handled = Value(ref json);
        }
        else if (name.SequenceEqual("handle_time_seconds"u8) || name.SequenceEqual("handleTimeSeconds"u8))
        {
            fields.HandleTimeSeconds = Value(ref json);
        }
        else if (name.SequenceEqual("abandoned"u8))
        {
            fields.Abandoned = Value(ref json);
        }
        else if (name.SequenceEqual("backlog"u8))
        {
            fields.Backlog = Value(ref json);
        }
        else
        {
            notes.UnknownColumn(json.GetString() ?? "");
            json.Skip();
        }
    }

    /// <summary>The text of the value; empty for null, the start of an object or array as it stands, which no column takes.</summary>
    private static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var start = json.TokenType == JsonTokenType.StartObject ? "{…}"u8 : "[…]"u8;
            json.Skip();
            return start;
        }

        return json.TokenType == JsonTokenType.Null ? default
            : json.ValueIsEscaped ? Encoding.UTF8.GetBytes(json.GetString() ?? "")
            : json.ValueSpan;
    }
}
