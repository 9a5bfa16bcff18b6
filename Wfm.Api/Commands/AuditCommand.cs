using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Auditing;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;

namespace Wfm.Api.Commands;

/// <summary><c>audit verify</c>: tells whether the audit of a store is as it was written.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var store = new Option<string?>("--store")
        {
            Description = "The store: an SQLite file, or a PostgreSQL connection (Host=…). Left out, the configured one.",
        };
        var kept = new Option<string?>("--kept")
        {
            Description = "NUMBER:HASH of a row as an earlier run printed it and somebody kept it elsewhere: shows a chain that was cut off or written anew.",
        };
        var verify = new Command("verify", "Reads the chain of the audit from its first row to its last, and names the first that does not fit.")
        {
            store,
            kept,
        };
        verify.TreatUnmatchedTokensAsErrors = false; // settings such as --Wfm:Store=… go to the host
        verify.SetAction((parsed, cancellationToken) => CommandLine.Told(() => Verify(
            [.. parsed.UnmatchedTokens], parsed.GetValue(store), parsed.GetValue(kept), Console.Out, cancellationToken)));
        return new Command("audit", "What was written down of changes, of reads of sensitive data and of sign-ins.") { verify };
    }

    /// <returns>0 when the chain is whole, 3 when it is not.</returns>
    internal static async Task<int> Verify(string[] settings, string? store, string? kept, TextWriter output, CancellationToken cancellationToken)
    {
        var known = kept is null ? default((long, byte[])?) : Kept(kept);
        await using var app = WfmHost.Create(settings, builder =>
        {
            if (store is not null)
            {
                builder.Configuration["Wfm:Store"] = store;
            }
        });
        if (app.Services.GetRequiredService<Store>().File is { } file && !File.Exists(file))
        {
            throw new StoreRefusedException($"There is no store {Path.GetFullPath(file)}.");
        }

        await using var scope = app.Services.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<WfmDbContext>().AuditEntries.AsNoTracking().OrderBy(e => e.Number).AsAsyncEnumerable();
        var verdict = await AuditChain.Verify(rows, known, cancellationToken);
        await output.WriteLineAsync(verdict.Fault ?? "The audit is whole.");
        await output.WriteLineAsync($"Rows that fit: {verdict.Rows}. Keep elsewhere: {verdict.Rows}:{Convert.ToHexStringLower(verdict.Head)}");
        return verdict.Fault is null ? 0 : 3;
    }

    private static (long Number, byte[] Hash) Kept(string text)
    {
        try
        {
            return text.Split(':') is [var number, { Length: 64 } hash] ? (long.Parse(number), Convert.FromHexString(hash)) : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new StoreRefusedException($"--kept is '{text}'; NUMBER:HASH is needed, as audit verify prints it.");
        }
    }
}
