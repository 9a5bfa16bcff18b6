using System.Text;
using System.Text.Json;
using Wfm.Api.Security;
using Wfm.Tests.Architecture;

namespace Wfm.Tests.Api.Security;

/// <summary>The table of docs/roles.md is what the code says.</summary>
public sealed class RoleTableTests
{
    [Test]
    public void Table_OfTheDocumentation_IsThatOfTheCode() =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "roles.md")).ReplaceLineEndings("\n").Should().Contain(Table());

    [Test]
    public void Roles_Everybody_MaySayWhoTheyAre() => Roles.BuiltIn.Should().OnlyContain(r => r.Permissions.Contains(Permission.ReadSelf));

    [Test]
    public void Permissions_OfManagingKeysCrisesAndWaivers_AreOfThoseWhoLead()
    {
        Roles.All.Where(r => Roles.Allows(r, Permission.ManageKeys)).Should().Equal(Roles.Admin);
        Roles.All.Where(r => Roles.Allows(r, Permission.ManageWaivers)).Should().BeEquivalentTo(Roles.Admin, Roles.CrisisLead);
        Roles.All.Where(r => Roles.Allows(r, Permission.DeclareCrises)).Should().BeEquivalentTo(Roles.Admin, Roles.CrisisLead);
        Roles.All.Where(r => Roles.Allows(r, Permission.ReadWellbeing)).Should().BeEquivalentTo(Roles.Admin, Roles.WellbeingLead);
        Roles.All.Where(r => Roles.Allows(r, Permission.ReadAdherence)).Should()
            .BeEquivalentTo(Roles.Admin, Roles.Planner, Roles.HubManager, Roles.CrisisLead);
        Roles.PermissionsOf(Roles.Agent).Should().Equal(Permission.ReadSelf, Permission.UseMe);
    }

    private static string Table()
    {
        var text = new StringBuilder();
        text.Append("| permission | ").AppendJoin(" | ", Roles.BuiltIn.Select(r => $"`{r.Code}`")).Append(" |\n");
        text.Append("|---|").Append(string.Concat(Enumerable.Repeat("---|", Roles.BuiltIn.Count))).Append('\n');
        foreach (var permission in Enum.GetValues<Permission>())
        {
            text.Append("| `").Append(JsonNamingPolicy.CamelCase.ConvertName(permission.ToString())).Append("` | ");
            text.AppendJoin(" | ", Roles.BuiltIn.Select(r => r.Permissions.Contains(permission) ? "×" : " ")).Append(" |\n");
        }

        return text.ToString();
    }
}
