using System.Collections.Concurrent;
using Npgsql;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Jobs;

/// <summary>Work that the store leaves in the lurch, without a store that does.</summary>
public sealed class StoreAwayTests
{
    private JobBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = new JobBench(
            await WfmServer.Start(
                StoreKind.Sqlite,
                services: services => services.AddJobHandler<Unlucky>().AddJobHandler<UnluckyChain>().AddJobHandler<UnluckyStep>()));
        await _bench.Server.Client.Create("hubs", SampleSetup.Hub("away"));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Run_StoreAwayInTheWork_QueuesTheJobAgain()
    {
        var id = await _bench.Add<Unlucky>("away", new UnluckyArguments(1));

        await _bench.Runner.Run(id, default);
        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Queued, Attempt = 1, Error = (string?)null });
        await _bench.Runner.Run(id, default);

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Succeeded, Attempt = 2 });
    }

    [Test]
    public async Task Run_StoreAwayEveryTime_FailsAfterFourAttempts()
    {
        var id = await _bench.Add<Unlucky>("away", new UnluckyArguments(100));
        for (var i = 0; i < 6; i++)
        {
            await _bench.Runner.Run(id, default);
        }

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Failed, Attempt = JobRunner.Attempts });
    }

    [Test]
    public async Task Run_StoreAwayInAStep_TheChainGoesOnLater()
    {
        var id = await _bench.Add<UnluckyChain>("away", new UnluckyArguments(1));

        await _bench.Runner.Run(id, default);
        (await _bench.Row(id)).State.Should().Be(JobState.Queued);
        await _bench.Runner.Run(id, default);

        (await _bench.Row(id)).State.Should().Be(JobState.Succeeded);
        (await _bench.Steps(id)).Should().ContainSingle("it is the same step").Which.Should()
            .BeEquivalentTo(new { State = JobState.Succeeded, Attempt = 2, Error = (string?)null });
    }

    [Test]
    public void IsOutage_WhatTheStoresThrow_TellsPassingFromLasting()
    {
        StoreFailures.IsOutage(new InvalidOperationException("likely transient", new NpgsqlException("x", new TimeoutException()))).Should().BeTrue();
        StoreFailures.IsOutage(new PostgresException("terminating connection", "FATAL", "FATAL", "57P01")).Should().BeTrue();
        StoreFailures.IsOutage(new Microsoft.Data.Sqlite.SqliteException("locked", 5)).Should().BeTrue();
        StoreFailures.IsOutage(new PostgresException("duplicate key", "ERROR", "ERROR", "23505")).Should().BeFalse();
        StoreFailures.IsOutage(new InvalidOperationException("a bug")).Should().BeFalse();
        StoreFailures.IsStores(new InvalidOperationException("x", new PostgresException("duplicate key", "ERROR", "ERROR", "23505"))).Should().BeTrue();
    }

    internal sealed record UnluckyArguments(int Times);

    /// <summary>Loses its connection a few times.</summary>
    internal sealed class Unlucky : IJobHandler
    {
        private static readonly ConcurrentDictionary<Guid, int> Runs = [];

        public static string Kind => "test-unlucky";

        public Task<string?> Run(JobContext job, CancellationToken cancellationToken) => Lose(job.Id, job.Arguments<UnluckyArguments>().Times);

        public static Task<string?> Lose(Guid work, int times) => Runs.AddOrUpdate(work, 1, (_, runs) => runs + 1) > times ? Task.FromResult<string?>(null)
            : throw new InvalidOperationException("EF Core says it so", new NpgsqlException("Exception while reading from stream", new EndOfStreamException()));
    }

    /// <summary>A chain of one step, which loses its connection as often as the chain says, counted over its attempts.</summary>
    internal sealed class UnluckyChain(JobRunner runner) : IJobHandler
    {
        public static string Kind => "test-unlucky-chain";

        public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
        {
            await runner.RunStep<UnluckyStep>(job, new UnluckyArguments(job.Arguments<UnluckyArguments>().Times), cancellationToken);
            return null;
        }
    }

    internal sealed class UnluckyStep : IJobHandler
    {
        private static readonly Guid Shared = Guid.NewGuid();

        public static string Kind => "test-unlucky-step";

        public Task<string?> Run(JobContext job, CancellationToken cancellationToken) => Unlucky.Lose(Shared, job.Arguments<UnluckyArguments>().Times);
    }
}
