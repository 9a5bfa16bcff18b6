namespace Wfm.Api.Features.Setup.Queues;

/// <summary>Bodies shown in the OpenAPI document; they work on the sample operation.</summary>
internal static class QueueExamples
{
    public static readonly QueueRequest Billing = new()
    {
        Code = "billing-chat-en",
        Name = "Billing chat (English)",
        Channel = "chat",
        Kind = WorkKind.Immediate,
        Language = "en",
        Severity = "S0",
        Priority = 6,
        SkillGroup = "live-en",
        ExposureClass = "E0",
        Goal = new QueueGoal { ServiceLevel = 0.8, ThresholdSeconds = 60, MaximumOccupancy = 0.85, PatienceSeconds = 240 },
        AhtSeconds = 540,
        Concurrency = 2,
        MinimumHeads = 1,
    };

    public static readonly QueueRequest HateSpeech = new()
    {
        Code = "hate-speech-en",
        Name = "Hate speech reports (English)",
        Channel = "report",
        Kind = WorkKind.Deferrable,
        Language = "en",
        Severity = "S2",
        Priority = 3,
        SkillGroup = "policy-en",
        ExposureClass = "E2",
        Goal = new QueueGoal { TurnaroundMinutes = 1440, TurnaroundFraction = 0.95 },
        AhtSeconds = 150,
    };
}
