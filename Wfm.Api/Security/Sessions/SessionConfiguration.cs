using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Security.Sessions;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("sessions");
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.Way).HasConversion<string>().HasMaxLength(16);
        session.HasIndex(s => s.Hash).IsUnique();
        session.HasIndex(s => s.KeyId);
        session.HasIndex(s => s.ExpiresAt);
    }
}

internal sealed class SignInCodeConfiguration : IEntityTypeConfiguration<SignInCode>
{
    public void Configure(EntityTypeBuilder<SignInCode> code)
    {
        code.ToTable("sign_in_codes");
        code.Property(c => c.Id).ValueGeneratedNever();
        code.HasIndex(c => c.Hash).IsUnique();
        code.HasIndex(c => c.ExpiresAt);
    }
}
