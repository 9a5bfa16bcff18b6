using FsCheck.Fluent;
using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Features.Volumes;

namespace Wfm.Tests.Api.Features.Volumes.Storage;

public sealed class VolumeGridTests
{
    private static readonly string[] Zones = ["Etc/UTC", "Europe/Dublin", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Kathmandu", "America/Havana"];

    [FsCheck.NUnit.Property]
    public FsCheck.Property SlotOf_AnyInstant_LiesInItsInterval() => Prop.ForAll(
        Gen.Choose(0, 30_000_000).ToArbitrary(), // minutes, to 2027
        Gen.Elements(5, 15, 30, 60, 1440, 10080).ToArbitrary(),
        Gen.Elements(Zones).ToArbitrary(),
        (minute, length, zone) =>
        {
            var grid = new VolumeGrid(length, DateTimeZoneProviders.Tzdb[zone]);
            var instant = Instant.FromUnixTimeSeconds(60L * minute);
            var slot = grid.SlotOf(instant);
            return grid.StartOf(slot) <= instant && instant < grid.StartOf(slot + 1) && grid.SlotOf(grid.StartOf(slot)) == slot;
        });

    [TestCase("Europe/Dublin", 2026, 3, 29, 23)]
    [TestCase("Europe/Dublin", 2026, 10, 25, 25)]
    [TestCase("Africa/Cairo", 2026, 4, 24, 23)] // starts at 01:00
    [TestCase("Australia/Lord_Howe", 2026, 4, 5, 24.5)]
    public void StartOf_DayOfClockChange_HasItsRealLength(string zone, int year, int month, int day, double hours)
    {
        var grid = new VolumeGrid(VolumeGrid.Day, DateTimeZoneProviders.Tzdb[zone]);
        var slot = grid.SlotOf(grid.StartOfDay(new LocalDate(year, month, day)));

        (grid.StartOf(slot + 1) - grid.StartOf(slot)).TotalHours.Should().Be(hours);
    }
}
