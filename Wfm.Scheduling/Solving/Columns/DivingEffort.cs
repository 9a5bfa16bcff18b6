namespace Wfm.Scheduling.Solving.Columns;

/// <summary>How thorough a dive is.</summary>
/// <param name="Rounds">Most rounds of pricing after each step.</param>
/// <param name="Beam">Most labels kept a day.</param>
/// <param name="Steps">Of so many open agents one is settled at a time; of more, several are.</param>
/// <param name="Tail">Least saving of a few rounds of pricing for which they go on.</param>
/// <param name="Negligible">Rises of the mix by less than this count as none.</param>
/// <param name="Dear">Rosters that would cost so much more than those of the mix are set aside.</param>
internal sealed record DivingEffort(int Rounds, int Beam, int Steps, double Tail, double Negligible, double Dear)
{
    /// <summary>Most labels kept a day: exact nearly always.</summary>
    public const int Wide = 300;

    /// <summary>Settles several agents at a time, for a good roster soon; each variation fewer.</summary>
    public static DivingEffort Quick(CompiledProblem compiled, int variation) =>
        Thorough(compiled) with
        {
            Steps = 12 + variation,
            Tail = compiled.Grain,
            Negligible = compiled.Grain / 2,
        };

    /// <summary>Settles one agent at a time and lets pricing go on to its end.</summary>
    public static DivingEffort Thorough(CompiledProblem compiled) =>
        new(Rounds: 40, Wide, Steps: int.MaxValue, Tail: compiled.Grain / 50, Negligible: compiled.Grain / 20, Dear: compiled.Costs.TypicalShift / 20);

    /// <summary>For a few agents.</summary>
    public static DivingEffort Small(CompiledProblem compiled) => Thorough(compiled) with { Tail = compiled.Grain / 2 };
}
