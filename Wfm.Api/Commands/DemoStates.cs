using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Commands.Month;

namespace Wfm.Api.Commands;

/// <summary>What people of a hub did on the days of its published roster that are over, made up and told through the API alone: states, one exception, one
/// dispute.</summary>
internal sealed class DemoStates(Uri address, string key, string hub, int seed, TextWriter output) : IDisposable
{
    private const int Days = 8;
    private const double LateShare = 0.1; // of shifts; by up to a quarter of an hour
    private const double SkippedShare = 0.05; // of breaks
    private const int SlipSeconds = 240; // breaks and meals begin and end so much late at most
    private const int ContactSeconds = 1800; // several contacts: a change in a quarter of an hour is enough to look at
    private const int IdleSeconds = 600;

    private readonly MonthClient _api = new(address, key);
    private readonly Random _random = new(seed);

    /// <param name="now">Nothing later is told.</param>
    /// <exception cref="InvalidOperationException">The server refuses what has to be taken.</exception>
    public async Task Run(Instant now, CancellationToken cancellationToken)
    {
        var shifts = new List<JsonNode>();
        foreach (var roster in await _api.List($"rosters?hub={hub}&state=published", cancellationToken))
        {
            shifts.AddRange((await _api.List($"rosters/{roster["id"]}/shifts", cancellationToken))
                .Where(s => (string?)s["state"] == "published" && At(s["start"]!) < now && At(s["start"]!) > now - Duration.FromDays(Days)));
        }

        if (shifts.Count == 0)
        {
            await output.WriteLineAsync($"{hub}: no published shift has begun");
            return;
        }

        var rows = shifts.OrderBy(s => At(s["start"]!)).ThenBy(s => (string)s["agent"]!, StringComparer.Ordinal).SelectMany(Shift).Where(r => r.Start <= now)
            .Select(r => new { agent = r.Agent, state = r.State, start = InstantPattern.ExtendedIso.Format(r.Start) }).ToList();
        await _api.Post($"agent-states:import?hub={hub}&asOf={InstantPattern.General.Format(now)}", rows, cancellationToken);
        await Claims(shifts.MaxBy(s => At(s["end"]!) <= now ? At(s["end"]!) : Instant.MinValue)!, cancellationToken);
        await output.WriteLineAsync($"{rows.Count:N0} changes of state in {shifts.Count} shifts, an exception and a dispute");
    }

    public void Dispose() => _api.Dispose();

    /// <summary>What a person does in a shift: contacts and waiting, breaks that slip a little, a few late or without a break.</summary>
    private IEnumerable<(string Agent, string State, Instant Start)> Shift(JsonNode shift)
    {
        var agent = (string)shift["agent"]!;
        var at = At(shift["start"]!);
        yield return (agent, "off", at - Duration.FromHours(1));
        at += Duration.FromSeconds(_random.NextDouble() < LateShare ? _random.Next(60, 900) : 0);
        foreach (var part in shift["activities"]!.AsArray())
        {
            var (kind, end) = ((string)part!["kind"]!, At(part["end"]!) + Duration.FromSeconds(Slips(part) ? _random.Next(SlipSeconds) : 0));
            if (kind == "work" || (kind == "break" && _random.NextDouble() < SkippedShare))
            {
                for (var handling = false; at < end; handling = !handling)
                {
                    yield return (agent, handling ? "handling" : "available", at);
                    at += Duration.FromSeconds(_random.Next(20, 2 * (handling ? ContactSeconds : IdleSeconds)));
                }
            }
            else
            {
                yield return (agent, kind is "leave" or "gap" ? "off" : kind, at);
            }

            at = Instant.Max(end, At(part["start"]!));
        }

        yield return (agent, "off", Instant.Max(at, At(shift["end"]!)));
    }

    private static bool Slips(JsonNode part) => (string)part["kind"]! is "break" or "meal" or "work";

    private async Task Claims(JsonNode shift, CancellationToken cancellationToken)
    {
        var (agent, start) = ((string)shift["agent"]!, At(shift["start"]!));
        await _api.Post(
            "adherence/claims", new { agent, start, end = start + Duration.FromMinutes(20), reason = "Fire alarm: the building was cleared." },
            cancellationToken);
        var made = await _api.Post("api-keys", new { name = $"dispute of {agent}", role = "agent", agent }, cancellationToken);
        using var own = new MonthClient(address, (string)made["key"]!);
        await own.Post("me/adherence/disputes", new { date = (string)shift["date"]!, reason = "I was in the team meeting at noon." }, cancellationToken);
    }

    private static Instant At(JsonNode text) => InstantPattern.ExtendedIso.Parse((string)text!).Value;
}
