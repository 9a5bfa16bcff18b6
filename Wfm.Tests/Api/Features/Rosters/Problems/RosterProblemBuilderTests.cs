using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Scheduling.Problem;
using Contract = Wfm.Api.Features.Setup.Contracts.Contract;

namespace Wfm.Tests.Api.Features.Rosters.Problems;

public sealed class RosterProblemBuilderTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly Dictionary<string, Contract> Contracts = new()
    {
        ["full"] = new Contract
        {
            Code = "full",
            Name = "Full time",
            MaximumWeeklyHours = 40,
        },
        ["half"] = new Contract
        {
            Code = "half",
            Name = "Half time",
            MinimumWeeklyHours = 20,
            MaximumWeeklyHours = 20,
            WorkingDays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday],
        },
    };

    private static readonly Dictionary<string, LocalTime> Templates = new() { ["early"] = new LocalTime(7, 0), ["late"] = new LocalTime(13, 0) };

    [Test]
    public void ToProblem_PreferredDaysOff_AreWishesForTheirDates()
    {
        var agent = Person();
        agent.PreferredDaysOff = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

        var wishes = RosterProblemBuilder.ToProblem(agent, Contracts, Templates, Monday, 14).Preferences.Wishes;

        wishes.Select(w => w.Date).Should().Equal(Monday.PlusDays(5), Monday.PlusDays(6), Monday.PlusDays(12), Monday.PlusDays(13));
        wishes.Should().OnlyContain(w => !w.Wanted && w.Template == null && w.Weight > 0);
    }

    [Test]
    public void ToProblem_PreferredTemplates_MakeTheOthersCost()
    {
        var agent = Person();
        agent.PreferredTemplates = ["late"];

        var preferences = RosterProblemBuilder.ToProblem(agent, Contracts, Templates, Monday, 14).Preferences;

        preferences.Templates.Should().ContainSingle().Which.Template.Should().Be("early");
        preferences.Wishes.Should().BeEmpty();
    }

    [Test]
    public void ToProblem_PersonWithTermsLeaveAndEmployment_KeepsThem()
    {
        var agent = Person();
        agent.Contracts = [new ContractTermData("half", Monday.PlusDays(9))];
        (agent.EmployedFrom, agent.EmployedTo) = (Monday.PlusDays(-100), Monday.PlusDays(100));
        agent.Skills = [new AgentSkillData("group", 1.5)];
        agent.TimeOff.Add(new TimeOffEntry { Start = NodaConstants.UnixEpoch, End = NodaConstants.UnixEpoch + Duration.FromDays(1), Kind = LeaveKind.Unpaid });

        var person = RosterProblemBuilder.ToProblem(agent, Contracts, new Dictionary<string, LocalTime>(), Monday, 14);

        person.ContractOn(Monday.PlusDays(8)).Should().Match<Wfm.Scheduling.Problem.Contract>(c => c.Code == "full" && c.WorkingDays == null);
        person.ContractOn(Monday.PlusDays(9)).Should()
            .Match<Wfm.Scheduling.Problem.Contract>(c => c.Code == "half" && c.WorkingDays == (DaysOfWeek.Monday | DaysOfWeek.Tuesday));
        (person.EmployedFrom, person.EmployedTo).Should().Be((agent.EmployedFrom, agent.EmployedTo));
        person.Skills[0].Proficiency.Should().Be(1.5, "a fast person counts as such, in the roster as in the simulation");
        person.TimeOff[0].Kind.Should().Be(LeaveKind.Unpaid);
    }

    private static Agent Person() => new()
    {
        Code = "a-1",
        Name = "Somebody",
        Contract = Contracts["full"],
        Skills = [new AgentSkillData("group", 1)],
    };
}
