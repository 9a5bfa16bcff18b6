using System.Text;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Features.Volumes.Import;

public sealed class IntervalStartTextTests
{
    private static readonly OffsetDateTimePattern[] Patterns =
    [
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'sso<+HHmm>"),
    ];

    [FsCheck.NUnit.Property]
    public FsCheck.Property Parse_AnyInstantInAnyForm_IsWhatNodaTimeWrote() =>
        Prop.ForAll(
            Gen.Choose(0, 70_000_000).ToArbitrary(), // minutes, to 2103
            Gen.Choose(-18 * 4, 18 * 4).ToArbitrary(), Gen.Elements(Patterns).ToArbitrary(),
            (minute, quarter, pattern) =>
            {
                var instant = Instant.FromUnixTimeSeconds(60L * minute);
                var text = pattern.Format(instant.WithOffset(Offset.FromSeconds(900 * quarter)));
                return IntervalStartText.Parse(Encoding.UTF8.GetBytes(text), out var microseconds) == TimeKind.Instant
                    && microseconds == InstantMicroseconds.From(instant);
            });

    [TestCase("2024-02-29", TimeKind.Day)]
    [TestCase("2024-02-29T09:30", TimeKind.Local)]
    [TestCase("2024-02-29 09:30:00", TimeKind.Local)]
    [TestCase("2024-02-29T09:30:00.000", TimeKind.Local)]
    [TestCase("2024-02-29T09:30:00.0000000Z", TimeKind.Instant)]
    [TestCase("2024-02-29t09:30z", TimeKind.Instant)]
    [TestCase("2024-02-29T09:30-03", TimeKind.Instant)]
    [TestCase("2023-02-29", TimeKind.Unreadable)]
    [TestCase("2024-13-01", TimeKind.Unreadable)]
    [TestCase("0000-01-01", TimeKind.Unreadable)]
    [TestCase("2024-02-29T24:00Z", TimeKind.Instant)] // midnight of 1 March
    [TestCase("2024-02-29T24:00:00", TimeKind.Local)]
    [TestCase("2024-02-29T08:00+0000", TimeKind.Instant)]
    [TestCase("2024-02-29T24:01Z", TimeKind.Unreadable)]
    [TestCase("2024-02-29T24:00:01Z", TimeKind.Unreadable)]
    [TestCase("2024-02-29T09:60Z", TimeKind.Unreadable)]
    [TestCase("2024-02-29T09:30:60Z", TimeKind.Unreadable)]
    [TestCase("2024-02-29T09:30:00.Z", TimeKind.Unreadable)]
    [TestCase("2024-02-29T09:30+25:00", TimeKind.Unreadable)]
    [TestCase("2024-02-29T09:30+01:0", TimeKind.Unreadable)]
    [TestCase("2024-02-29T09:30Europe", TimeKind.Unreadable)]
    [TestCase("2024-02-29T0930Z", TimeKind.Unreadable)]
    [TestCase("2024-2-29T09:30Z", TimeKind.Unreadable)]
    [TestCase("1772000000", TimeKind.Unreadable)]
    [TestCase("", TimeKind.Unreadable)]
    public void Parse_Text_KnowsItsKind(string text, object kind) => IntervalStartText.Parse(Encoding.UTF8.GetBytes(text), out _).Should().Be((TimeKind)kind);
}
