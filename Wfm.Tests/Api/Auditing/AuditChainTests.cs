using NodaTime;
using Wfm.Api.Auditing;

namespace Wfm.Tests.Api.Auditing;

public sealed class AuditChainTests
{
    private static readonly Instant Then = Instant.FromUtc(2026, 11, 2, 8, 30);

    [Test]
    public async Task Verify_AsItWasWritten_IsWhole()
    {
        var verdict = await Verify(Chain(5));

        verdict.Fault.Should().BeNull();
        verdict.Rows.Should().Be(5);
        verdict.Head.Should().Equal(Chain(5)[^1].Hash);
        (await Verify([])).Should().BeEquivalentTo(new AuditVerdict(0, AuditChain.Root, null));
    }

    // The bytes by hand: 32 zeros, then numbers as 8 bytes big-endian and texts as length and UTF-8, −1 for null.
    [Test]
    public void HashOf_TheFirstRow_IsTheSumOfItsBytes()
    {
        var entry = new AuditEntry
        {
            Number = 1,
            At = Instant.FromUnixTimeSeconds(1),
            Kind = AuditKind.Read,
            Operation = "A",
            Method = "GET",
            Path = "/é",
            TraceId = "t",
        };
        byte[] bytes =
        [
            .. new byte[32], .. N(1), .. N(1_000_000), .. N(4), .. "Read"u8, .. N(-1), .. N(-1), .. N(-1), .. N(-1), .. N(1), .. "A"u8, .. N(3), .. "GET"u8,
            .. N(3), .. "/é"u8, .. N(-1), .. N(-1), .. N(1), .. "t"u8, .. N(-1), .. N(-1),
        ];

        AuditChain.HashOf(AuditChain.Root, entry).Should().Equal(System.Security.Cryptography.SHA256.HashData(bytes));

        static byte[] N(long value) => [.. BitConverter.GetBytes(value).Reverse()];
    }

    [Test]
    public async Task Verify_ARowThatWasChanged_NamesIt()
    {
        var rows = Chain(5);
        rows[2] = Row(3, rows[2].Previous, rows[2].Hash, "somebody else");

        var verdict = await Verify(rows);

        verdict.Rows.Should().Be(2);
        verdict.Fault.Should().Be("The chain breaks at row 3 (2026-11-02T08:30:00Z, Done ReplaceAgent): it was changed after it was written.");
    }

    [Test]
    public async Task Verify_ARowThatWasChangedAndHashedAnew_NamesTheNext()
    {
        var rows = Chain(5);
        rows[2] = Hashed(3, rows[1].Hash, "somebody else");

        (await Verify(rows)).Fault.Should().StartWith("The chain breaks before row 4").And.Contain("hash of row 3");
    }

    [Test]
    public async Task Verify_RowsThatAreGone_SaysWhich()
    {
        var rows = Chain(6);
        rows.RemoveRange(1, 2);
        (await Verify(rows)).Fault.Should().StartWith("Rows 2 to 3 are missing before row 4");
        (await Verify(Chain(3)[1..])).Fault.Should().StartWith("Row 1 is missing before row 2");
    }

    [Test]
    public async Task Verify_AnEndThatIsGoneOrAChainWrittenAnew_IsSeenByWhatWasKept()
    {
        var whole = Chain(6);
        var kept = (6L, whole[5].Hash);

        (await Verify(whole, kept)).Fault.Should().BeNull();
        (await Verify(whole[..4])).Fault.Should().BeNull("nothing within the chain tells");
        (await Verify(whole[..4], kept)).Fault.Should().Be("Rows 5 to 6 are missing: the end was cut off.");
        (await Verify(Chain(6, "somebody else"), kept)).Fault.Should().StartWith("The chain was written anew: row 6");
    }

    private static Task<AuditVerdict> Verify(List<AuditEntry> rows, (long, byte[])? kept = null) =>
        AuditChain.Verify(rows.ToAsyncEnumerable(), kept, CancellationToken.None);

    private static List<AuditEntry> Chain(int rows, string name = "kim")
    {
        var (chain, hash) = (new List<AuditEntry>(), AuditChain.Root);
        for (var number = 1; number <= rows; number++)
        {
            chain.Add(Hashed(number, hash, name));
            hash = chain[^1].Hash;
        }

        return chain;
    }

    private static AuditEntry Hashed(long number, byte[] previous, string name) =>
        Row(number, previous, AuditChain.HashOf(previous, Row(number, previous, [], name)), name);

    private static AuditEntry Row(long number, byte[] previous, byte[] hash, string name) => new()
    {
        Number = number,
        At = Then,
        Kind = AuditKind.Done,
        Name = name,
        Operation = "ReplaceAgent",
        Method = "PUT",
        Path = "/api/v1/agents/dub-001",
        TraceId = "trace",
        Status = 200,
        Previous = previous,
        Hash = hash,
    };
}
