using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling;

namespace Wfm.Tests.Scheduling.Problem;

public sealed class LabourPolicyTests
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters =
        {
            new Pattern<Duration>(DurationPattern.JsonRoundtrip), new Pattern<LocalTime>(LocalTimePattern.ExtendedIso), new Pattern<LocalDate>(LocalDatePattern.Iso),
        },
    };

    [Test]
    public void Serialize_EveryRule_ComesBackTheSame()
    {
        var policy = new LabourPolicy("all", new LocalDate(2026, 1, 1),
        [
            .. RosterProblems.AllRules().Rules,
            RosterProblems.Rule(LabourRuleKind.MaximumShifts, new() { Templates = [new TemplateLimit("night", 4)] }),
            RosterProblems.Rule(LabourRuleKind.ForbiddenSuccession, new() { Successions = [new TemplateSuccession("late", ["early"])] }),
            new LabourRule(LabourRuleKind.NoExposureAtEnd, new() { Limit = Duration.FromHours(1), MinimumSeverity = 3 }, "policy", new LocalDate(2026, 1, 1), "text",
                new LocalDate(2026, 2, 1), new LocalDate(2026, 3, 1)),
        ]);

        var text = JsonSerializer.Serialize(policy, Json);
        var read = JsonSerializer.Deserialize<LabourPolicy>(text, Json);

        read.Should().BeEquivalentTo(policy, o => o.ComparingByMembers<LabourPolicy>().ComparingByMembers<LabourRule>().ComparingByMembers<RuleParameters>());
        text.Should().Contain("\"MinimumDailyRest\"");
    }

    [Test]
    public void Deserialize_LimitMissing_NamesRuleAndField() => FluentActions.Invoking(() => JsonSerializer.Deserialize<LabourRule>(
            """{"Kind":"MaximumDailyHours","Parameters":{},"Source":"law","AsOf":"2026-01-01","Text":"t"}""", Json))
        .Should().Throw<SchedulingDataException>().WithMessage("*MaximumDailyHours*Limit is missing*");

    private sealed class Pattern<T>(IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => pattern.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(pattern.Format(value));
    }
}
