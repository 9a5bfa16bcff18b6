using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wfm.Api.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DeadlineCoverage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deadline_coverage",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<string>(type: "text", nullable: false),
                    queue = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    due_hours = table.Column<byte[]>(type: "bytea", nullable: false),
                    arrived_hours = table.Column<byte[]>(type: "bytea", nullable: false),
                    worked_hours = table.Column<byte[]>(type: "bytea", nullable: false),
                    late_hours = table.Column<double>(type: "double precision", nullable: false),
                    undone_hours = table.Column<double>(type: "double precision", nullable: false),
                    first_late = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deadline_coverage", x => x.id);
                    table.ForeignKey(
                        name: "fk_deadline_coverage_rosters_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deadline_coverage_roster_id_queue",
                table: "deadline_coverage",
                columns: new[] { "roster_id", "queue" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deadline_coverage");
        }
    }
}
