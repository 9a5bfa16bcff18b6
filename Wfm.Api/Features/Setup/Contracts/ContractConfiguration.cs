using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Contracts;

internal sealed class ContractConfiguration : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> contract)
    {
        contract.ToTable("contracts");
        contract.Versioned();
        contract.Property(c => c.WorkingDays).HasJson();
        contract.Property(c => c.Templates).HasJson();
    }
}
