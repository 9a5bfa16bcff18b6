using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wfm.Api.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RosterRepairs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "roster_repairs",
                columns: table => new
                {
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    original_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster_repairs", x => x.roster_id);
                    table.ForeignKey(
                        name: "fk_roster_repairs_rosters_original_id",
                        column: x => x.original_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_roster_repairs_rosters_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_roster_repairs_original_id",
                table: "roster_repairs",
                column: "original_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "roster_repairs");
        }
    }
}
