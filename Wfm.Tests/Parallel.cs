// Fixtures share nothing that they change but servers on which each has codes of its own. Many wait for stores and clocks rather than compute.
// Those that start, kill and cut off processes have an eye on the clock, and run alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
