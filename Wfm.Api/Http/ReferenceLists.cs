using Wfm.Api.Features.Setup.ShiftTemplates;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Http;

/// <summary>Checks lists of codes: nothing null, nothing twice, nothing unknown.</summary>
internal static class ReferenceLists
{
    public static void CheckDistinct<T>(Findings findings, string field, IReadOnlyList<T> values)
    {
        var seen = new HashSet<T>();
        for (var i = 0; i < values.Count; i++)
        {
            findings.Require(values[i] is not null, $"{field}/{i}", null, "A null in the list.");
            findings.Require(values[i] is null || seen.Add(values[i]), $"{field}/{i}", values[i], $"'{values[i]}' is in the list twice.");
        }
    }

    public static async Task CheckTemplates(Findings findings, string field, IReadOnlyList<string> templates, WfmDbContext db, CancellationToken cancellationToken)
    {
        CheckDistinct(findings, field, templates);
        var known = templates.Count == 0 ? [] : await db.ShiftTemplates.Where(t => templates.Contains(t.Code)).Select(t => t.Code).ToListAsync(cancellationToken);
        for (var i = 0; i < templates.Count; i++)
        {
            findings.Require(templates[i] is null || known.Contains(templates[i]), $"{field}/{i}", templates[i], $"There is no shift template '{templates[i]}'.");
        }
    }
}
