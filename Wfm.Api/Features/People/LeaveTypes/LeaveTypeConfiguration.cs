using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.LeaveTypes;

internal sealed class LeaveTypeConfiguration : IEntityTypeConfiguration<LeaveType>
{
    public void Configure(EntityTypeBuilder<LeaveType> type)
    {
        type.ToTable("leave_types");
        type.Versioned();
        type.Property(t => t.Treatment).HasConversion<string>().HasMaxLength(16);
        type.Property(t => t.Balance).HasMaxLength(64);
        type.Property(t => t.Terms).HasJson();
        type.HasData(FirstTypes.All);
    }
}

/// <summary>What a new store knows: one type for each treatment, without balances, to be changed or deleted like any other.</summary>
internal static class FirstTypes
{
    private static readonly Instant Never = Instant.FromUtc(2026, 1, 1, 0, 0); // a fixed date: the schema is the same whenever it is written

    public static LeaveType[] All =>
    [
        Of(1, "annual", "Annual leave", LeaveKind.Annual),
        Of(2, "sick", "Sickness", LeaveKind.Sick, told: true),
        Of(3, "parental", "Parental leave", LeaveKind.Parental),
        Of(4, "training", "Training", LeaveKind.Training),
        Of(5, "unpaid", "Unpaid leave", LeaveKind.Unpaid),
        Of(6, "other", "Other paid absence", LeaveKind.Other),
    ];

    private static LeaveType Of(int number, string code, string name, LeaveKind treatment, bool told = false) => new()
    {
        Id = new Guid(0x1ea7e000, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)number),
        Code = code,
        Name = name,
        Treatment = treatment,
        NeedsApproval = !told,
        HiddenReason = told,
        Told = told,
        BackDays = told ? 7 : 0,
        UpdatedAt = Never,
    };
}
