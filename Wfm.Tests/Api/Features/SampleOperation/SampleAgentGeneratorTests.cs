using System.Text;
using NodaTime;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Tests.Api.Features.SampleOperation;

public sealed class SampleAgentGeneratorTests
{
    private static readonly SampleOperationFiles WithoutPeople = SampleOperationFiles.Load(SampleOperationFiles.Open, withPeople: false);
    private static readonly string AgentsCsv = new SampleAgentGenerator(WithoutPeople).AgentsCsv();
    private static readonly SampleOperationFiles Files = WithAgents(AgentsCsv);

    [Test]
    public void AgentsCsv_DefaultSeed_IsTheCommittedFile() => CommittedFile.ShouldEqual("agents.csv", AgentsCsv);

    [Test]
    public void TimeOffCsv_DefaultSeed_IsTheCommittedFile() =>
        CommittedFile.ShouldEqual("time-off.csv", new SampleAgentGenerator(WithoutPeople).TimeOffCsv(Files.Agents));

    [Test]
    public void AgentsCsv_OtherSeed_MakesOtherPeopleOfTheSameTeams()
    {
        var other = new SampleAgentGenerator(WithoutPeople, seed: 7).AgentsCsv();

        other.Should().NotBe(AgentsCsv);
        WithAgents(other).Agents.CountBy(a => (a.Hub, a.Skills[0].Group)).Should()
            .BeEquivalentTo(WithoutPeople.Teams.Select(t => KeyValuePair.Create((t.Hub, t.SkillGroup), t.Agents)));
    }

    [Test]
    public void AgentsCsv_Always_HasDistinctCodesAndNames()
    {
        Files.Agents.Should().HaveCount(600);
        Files.Agents.Select(a => a.Code).Should().OnlyHaveUniqueItems();
        Files.Agents.Select(a => a.Name).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void AgentsCsv_Always_KeepsContractsOfTheHubAndCrossSkillsOfTheTeam()
    {
        foreach (var team in Files.Teams)
        {
            var members = Files.Agents.Where(a => a.Hub == team.Hub && a.Skills[0].Group == team.SkillGroup).ToList();
            members.CountBy(a => a.Contract).Should().BeEquivalentTo(team.Contracts);
            members.SelectMany(a => a.Skills.Skip(1)).CountBy(s => s.Group).Should().BeEquivalentTo(team.CrossSkills);
        }
        Files.Agents.SelectMany(a => a.Skills).Should().OnlyContain(s => s.Proficiency >= 0.6 && s.Proficiency <= 1.1);
    }

    [Test]
    public void AgentsCsv_OptOut_NeverTouchesTheGroupOfTheTeam() =>
        Files.Agents.Should().OnlyContain(a => !a.OptOutGroups.Contains(a.Skills[0].Group)).And.Contain(a => a.OptOutGroups.Count > 0);

    [Test]
    public void TimeOffCsv_Always_LeavesFiveSixthsOfEverySkillGroupOnEveryDay()
    {
        var people = Files.Agents.ToDictionary(a => a.Code);
        var days = SampleOperationFiles.Load().TimeOff.SelectMany(off => people[off.Agent].Skills.SelectMany(skill =>
            Enumerable.Range(0, Period.DaysBetween(off.StartLocal.Date, off.EndLocal.Date))
                .Select(day => (people[off.Agent].Hub, skill.Group, Day: off.StartLocal.Date.PlusDays(day)))));
        var members = Files.Agents.SelectMany(a => a.Skills.Select(s => (a.Hub, s.Group))).CountBy(g => g).ToDictionary();

        days.CountBy(d => d).Should().OnlyContain(d => d.Value <= Math.Max(1, members[ValueTuple.Create(d.Key.Hub, d.Key.Group)] / 6));
    }

    private static SampleOperationFiles WithAgents(string csv) => SampleOperationFiles.Load(file => file switch
    {
        "agents.csv" => new MemoryStream(Encoding.UTF8.GetBytes(csv)),
        "time-off.csv" => new MemoryStream("agent,kind,start_local,end_local\n"u8.ToArray()),
        _ => SampleOperationFiles.Open(file),
    });
}
