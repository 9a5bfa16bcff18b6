using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wfm.Api.Persistence.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.CreateTable(
                name: "forecast_adjustments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    forecast_run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<int>(type: "INTEGER", nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    to = table.Column<long>(type: "INTEGER", nullable: false),
                    factor = table.Column<double>(type: "REAL", nullable: true),
                    added = table.Column<double>(type: "REAL", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    author = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    carried_from_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    applies_until = table.Column<long>(type: "INTEGER", nullable: false),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                    withdrawn_by = table.Column<string>(type: "TEXT", nullable: true)
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
