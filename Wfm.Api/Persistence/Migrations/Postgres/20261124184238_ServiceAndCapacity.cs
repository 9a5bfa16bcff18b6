using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wfm.Api.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ServiceAndCapacity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "capacity_plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    group = table.Column<string>(type: "text", nullable: true),
                    start = table.Column<DateOnly>(type: "date", nullable: false),
                    weeks = table.Column<int>(type: "integer", nullable: false),
                    assumptions = table.Column<string>(type: "text", nullable: false),
                    requirement_origin = table.Column<string>(type: "text", nullable: false),
                    requirement_levels = table.Column<byte[]>(type: "bytea", nullable: false),
                    requirement_fte = table.Column<byte[]>(type: "bytea", nullable: false),
                    rows = table.Column<string>(type: "text", nullable: false),
                    hires = table.Column<string>(type: "text", nullable: true),
                    based_on_id = table.Column<Guid>(type: "uuid", nullable: true),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_capacity_plans", x => x.id);
                    table.ForeignKey(
                        name: "fk_capacity_plans_hubs_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "service_checks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    options = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    queues = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_checks", x => x.id);
                    table.ForeignKey(
                        name: "fk_service_checks_rosters_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_capacity_plans_hub_id_created_at",
                table: "capacity_plans",
                columns: new[] { "hub_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_service_checks_roster_id_created_at",
                table: "service_checks",
                columns: new[] { "roster_id", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "capacity_plans");

            migrationBuilder.DropTable(
                name: "service_checks");
        }
    }
}
