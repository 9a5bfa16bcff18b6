using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Contracts;

internal sealed class ContractConfiguration : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> contract)
    {
        contract.Versioned();
        contract.Property(c => c.WorkingDays).HasJson();
        contract.Property(c => c.Templates).HasJson();
    }
}
