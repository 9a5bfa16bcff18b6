using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wfm.Api.Json;

namespace Wfm.Api.Auditing;

/// <summary>What a request stored, row by row: which, and the values before and after. One instance a scope; without a request that is audited it does
/// nothing.</summary>
/// <remarks>
/// No secrets and little of persons: bytes (hashes, curves) are never told, and of what belongs to a person, names, notes and reasons are said to have changed,
/// not what they say. What statements change without loading rows is not seen here: it is told by the path of the request.
/// </remarks>
internal sealed class AuditChanges : SaveChangesInterceptor
{
    private const int Rows = 40; // told one by one; the rest is counted
    private const int Longest = 300;

    private static readonly string[] Words = ["Code", "Role", "State", "Kind", "Channel", "Country", "Language", "Contract", "Type", "Zone"];

    private readonly List<JsonObject> _told = [];
    private readonly SortedDictionary<string, int> _counted = new(StringComparer.Ordinal);
    private List<(EntityEntry Entry, EntityState State, JsonObject? Told)> _saving = [];
    private bool _isOn;

    /// <summary>From here on what the scope stores is the request's.</summary>
    public void Begin() => _isOn = true;

    /// <summary>What was stored, as JSON; null for nothing.</summary>
    public string? Told()
    {
        if (_told.Count == 0 && _counted.Count == 0)
        {
            return null;
        }

        var told = new JsonObject { ["changes"] = new JsonArray([.. _told]) };
        if (_counted.Count > 0)
        {
            told["more"] = new JsonObject(_counted.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)));
        }

        return told.ToJsonString(WfmJson.Options);
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Look(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Look(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Keep();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Keep();
        return ValueTask.FromResult(result);
    }

    private void Look(DbContext? db)
    {
        _saving = [];
        if (!_isOn || db is null)
        {
            return;
        }

        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            _saving.Add((entry, entry.State, _told.Count + _saving.Count < Rows ? Describe(entry) : null));
        }
    }

    private void Keep()
    {
        foreach (var (entry, state, told) in _saving)
        {
            if (told is not null)
            {
                _told.Add(told);
                continue;
            }

            var what = $"{entry.Metadata.ClrType.Name} {state}";
            _counted[what] = _counted.GetValueOrDefault(what) + 1;
        }

        _saving = [];
    }

    private static JsonObject Describe(EntityEntry entry)
    {
        var isPersons = IsPersons(entry);
        var (before, after) = (new JsonObject(), new JsonObject());
        foreach (var property in entry.Properties.Where(p => entry.State != EntityState.Modified || p.IsModified))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Metadata.Name);
            if (entry.State != EntityState.Added)
            {
                before[name] = Told(property, property.OriginalValue, isPersons);
            }

            if (entry.State != EntityState.Deleted)
            {
                after[name] = Told(property, property.CurrentValue, isPersons);
            }
        }

        var told = new JsonObject
        {
            ["what"] = entry.Metadata.ClrType.Name,
            ["key"] = string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => entry.Property(p.Name).CurrentValue?.ToString())),
            ["how"] = entry.State.ToString(),
        };
        if (before.Count > 0)
        {
            told["before"] = before;
        }

        if (after.Count > 0)
        {
            told["after"] = after;
        }

        return told;
    }

    /// <summary>True for rows about one person; those about keys and roles are told in full, but for names.</summary>
    private static bool IsPersons(EntityEntry entry)
    {
        var space = entry.Metadata.ClrType.Namespace ?? "";
        return !space.Contains(".Security", StringComparison.Ordinal)
            && (space.Contains(".People", StringComparison.Ordinal) || space.Contains(".Agents", StringComparison.Ordinal)
                || space.Contains(".Adherence", StringComparison.Ordinal) || entry.Metadata.FindProperty("AgentId") is not null);
    }

    private static JsonNode? Told(PropertyEntry property, object? value, bool isPersons)
    {
        var type = Nullable.GetUnderlyingType(property.Metadata.ClrType) ?? property.Metadata.ClrType;
        if (value is null)
        {
            return null;
        }

        if (type.IsValueType)
        {
            return JsonSerializer.SerializeToNode(value, type, WfmJson.Options);
        }

        var name = property.Metadata.Name;
        var hides = value is byte[] or double[] || (isPersons && !(value is string && Words.Any(w => name.EndsWith(w, StringComparison.Ordinal))));
        var text = hides ? null : value as string ?? JsonSerializer.Serialize(value, type, WfmJson.Options);
        return text is null ? "(not told)" : text.Length > Longest ? text[..Longest] + "…" : text;
    }
}
