using System.CommandLine;

namespace Wfm.Benchmarks.Staffing;

/// <summary><c>staffing</c>: what the staffing methods are worth, and what they leave out.</summary>
internal static class StaffingCommand
{
    public static Command Create()
    {
        var study = new Option<string>("--study")
        {
            Description = "deferrable: heads of every deferrable queue staffed interval by interval against the band. "
                + "risk: P90 heads from sample paths against the P90 volume of every interval, on held-out weeks. "
                + "blending: calls of a group whose tickets cannot be put aside, simulated, against the theory in which they can. "
                + "clocks: heads of one queue with a turnaround, over clock, load and handle time, against the fewest the simulator accepts",
            Required = true,
        };
        study.AcceptOnlyFromAmong("deferrable", "risk", "blending", "clocks");
        var days = new Option<int>("--days") { Description = "deferrable: last days of the history that are staffed", DefaultValueFactory = _ => 28 };
        var origins = new Option<int>("--origins") { Description = "risk: held-out weeks, the last of the history", DefaultValueFactory = _ => 26 };
        var paths = new Option<int>("--paths") { Description = "risk: sample paths per forecast", DefaultValueFactory = _ => 400 };
        var level = new Option<double>("--level") { Description = "risk: risk level", DefaultValueFactory = _ => 0.9 };
        var immediate = new Option<string>("--immediate")
        {
            Description = "risk: an immediate series, queue:hub",
            DefaultValueFactory = _ => "account-recovery-tl:mnl",
        };
        var deferrable = new Option<string>("--deferrable")
        {
            Description = "risk: a deferrable series, queue:hub",
            DefaultValueFactory = _ => "reports-de:dub",
        };
        var promise = new Option<double>("--promise") { Description = "clocks: share promised", DefaultValueFactory = _ => 0.95 };
        var seed = new Option<int>("--seed") { Description = "clocks: seed of the simulator", DefaultValueFactory = _ => 20_260 };
        var command = new Command("staffing", "Compares staffing methods (--study deferrable, risk, blending or clocks).")
        {
            study,
            days,
            origins,
            paths,
            level,
            immediate,
            deferrable,
            promise,
            seed,
        };
        command.SetAction(parse =>
        {
            switch (parse.GetRequiredValue(study))
            {
                case "deferrable":
                    DeferrableStudy.Run(parse.GetValue(days));
                    return;
                case "clocks":
                    ClockStudy.Run(parse.GetValue(promise), parse.GetValue(seed));
                    return;
                case "blending":
                    BlendingStudy.Run();
                    return;
            }

            var settings = new RiskStudy(parse.GetValue(origins), parse.GetValue(paths), parse.GetValue(level));
            settings.Immediate(parse.GetRequiredValue(immediate));
            settings.Deferrable(parse.GetRequiredValue(deferrable));
        });
        return command;
    }
}
