using System.Text.Json;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Scheduling.Proof;

namespace Wfm.Api.Features.Rosters.Proof;

/// <summary>The library's proof as stored rows.</summary>
internal static class RosterProofRows
{
    public static ProofSummary Summary(ProofResult result, Guid originalId) => new(
        result.Holding, result.ProvenShortages, result.IsChanged, originalId, Name(result.StopReason),
        [.. result.Rounds.Select(r => new ProofRoundData(r.Round, r.RaisedHours, r.Changed, r.Moves, r.Holding, r.Deficit, r.IsKept))]);

    public static QueueVerdict Verdict(QueueProof proof) => new(
        proof.Holds, proof.Promised, proof.Judged, proof.ProbabilityBefore,
        proof.Binding is { } b
            ? new GoalBinding(
                Name(b.Reason), b.Rule, b.From, b.To, b.MissedShare, [.. b.Blocked.Select(x => new BlockedPeople(Name(x.Reason), x.Rule, x.Share))], b.Message)
            : null,
        proof.Remedy is { } r ? Remedy(r) : null,
        proof.PromiseKept, proof.WouldHold);

    private static GoalRemedy Remedy(AddedPeople people) => new(
        people.Group, people.People, people.Contract, people.AnyTemplate, people.Templates, people.Probability, people.Holds,
        [.. people.Skills.Select(s => new AgentSkillData(s.Group, s.Proficiency))], people.WithOneFewer);

    private static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
