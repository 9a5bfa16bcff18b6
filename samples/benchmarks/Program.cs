using System.CommandLine;
using Wfm.Benchmarks.Floor;
using Wfm.Benchmarks.Forecasting;
using Wfm.Benchmarks.Reading;
using Wfm.Benchmarks.Rostering;
using Wfm.Benchmarks.Simulation;
using Wfm.Benchmarks.Staffing;
using Wfm.Benchmarks.Volumes;

var root = new RootCommand("Benchmarks of Wfm: accuracy, speed and storage, each one command with a fixed output format.")
{
    M4Command.Create(),
    ModelsCommand.Create(),
    RollingCommand.Create(),
    WeeksCommand.Create(),
    PooledCommand.Create(),
    NightsCommand.Create(),
    HubNightCommand.Create(),
    IntradayCommand.Create(),
    RollupCommand.Create(),
    EventsCommand.Create(),
    RosterCommand.Create(),
    BandCommand.Create(),
    OperationCommand.Create(),
    RepairCommand.Create(),
    CrisisCommand.Create(),
    EditsCommand.Create(),
    TodayCommand.Create(),
    ErlangCommand.Create(),
    StaffingCommand.Create(),
    AllocationCommand.Create(),
    SimulateCommand.Create(),
    VolumeBenchmark.Command(),
    IngestBenchmark.Command(),
    ReadUnderNightCommand.Create(),
    BareEndpoint.Create(),
};
return await root.Parse(args).InvokeAsync();
