using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wfm.Api.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ForecastAdjustments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "carry_adjustments",
                table: "forecasts",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.CreateTable(
                name: "forecast_adjustments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    forecast_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    factor = table.Column<double>(type: "double precision", nullable: true),
                    added = table.Column<double>(type: "double precision", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    carried_from_id = table.Column<Guid>(type: "uuid", nullable: true),
                    applies_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    withdrawn_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forecast_adjustments", x => x.id);
                    table.ForeignKey(
                        name: "fk_forecast_adjustments_forecasts_forecast_run_id",
                        column: x => x.forecast_run_id,
                        principalTable: "forecasts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_forecast_adjustments_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_forecast_adjustments_forecast_run_id_series_id",
                table: "forecast_adjustments",
                columns: new[] { "forecast_run_id", "series_id" });

            migrationBuilder.CreateIndex(
                name: "ix_forecast_adjustments_series_id",
                table: "forecast_adjustments",
                column: "series_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "forecast_adjustments");

            migrationBuilder.DropColumn(
                name: "carry_adjustments",
                table: "forecasts");
        }
    }
}
