using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Learning;

internal sealed class OperationModelsConfiguration : IEntityTypeConfiguration<OperationModels>
{
    public void Configure(EntityTypeBuilder<OperationModels> models)
    {
        models.ToTable("operation_models");
        models.Property(m => m.Id).ValueGeneratedNever();
        models.Property(m => m.Models).HasJson();
        models.HasIndex(m => new { m.IntervalMinutes, m.CutOff }).IsUnique();
    }
}
