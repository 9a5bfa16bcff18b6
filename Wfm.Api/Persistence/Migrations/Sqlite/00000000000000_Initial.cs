using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wfm.Api.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    prefix = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    hubs = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contracts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    minimum_weekly_hours = table.Column<double>(type: "REAL", nullable: false),
                    maximum_weekly_hours = table.Column<double>(type: "REAL", nullable: false),
                    maximum_days_per_week = table.Column<int>(type: "INTEGER", nullable: true),
                    working_days = table.Column<string>(type: "TEXT", nullable: false),
                    cost_per_hour = table.Column<double>(type: "REAL", nullable: false),
                    templates = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contracts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "daily_volumes",
                columns: table => new
                {
                    series_id = table.Column<int>(type: "INTEGER", nullable: false),
                    day_start = table.Column<long>(type: "INTEGER", nullable: false),
                    intervals = table.Column<int>(type: "INTEGER", nullable: false),
                    offered = table.Column<double>(type: "REAL", nullable: false),
                    handled = table.Column<double>(type: "REAL", nullable: true),
                    handle_time_seconds = table.Column<double>(type: "REAL", nullable: true),
                    abandoned = table.Column<double>(type: "REAL", nullable: true),
                    backlog = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_daily_volumes", x => new { x.series_id, x.day_start });
                });

            migrationBuilder.CreateTable(
                name: "hubs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    country = table.Column<string>(type: "TEXT", nullable: false),
                    labour_policy = table.Column<string>(type: "TEXT", nullable: true),
                    wellbeing_policy = table.Column<string>(type: "TEXT", nullable: true),
                    seats = table.Column<int>(type: "INTEGER", nullable: false),
                    opening_hours = table.Column<string>(type: "TEXT", nullable: false),
                    planned_shrinkage = table.Column<double>(type: "REAL", nullable: false),
                    unplanned_shrinkage = table.Column<double>(type: "REAL", nullable: false),
                    nightly_at = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    roster_goals = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hubs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    api_key_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    request_hash = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    content_type = table.Column<string>(type: "TEXT", nullable: true),
                    location = table.Column<string>(type: "TEXT", nullable: true),
                    etag = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    arguments = table.Column<string>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    parent_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    progress = table.Column<double>(type: "REAL", nullable: false),
                    step = table.Column<string>(type: "TEXT", nullable: true),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    key_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    result = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    deduplication_key = table.Column<string>(type: "TEXT", nullable: true),
                    cancel_requested = table.Column<bool>(type: "INTEGER", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    retry_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    heartbeat_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "labour_policies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    country = table.Column<string>(type: "TEXT", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    first_day_of_week = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    weekend_days = table.Column<string>(type: "TEXT", nullable: false),
                    exposure_basis = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    segmented_shifts = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    rules = table.Column<string>(type: "TEXT", nullable: false),
                    not_expressed = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_labour_policies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_models",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    cut_off = table.Column<long>(type: "INTEGER", nullable: false),
                    series = table.Column<int>(type: "INTEGER", nullable: false),
                    trained_at = table.Column<long>(type: "INTEGER", nullable: false),
                    models = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operation_models", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "queues",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    severity = table.Column<string>(type: "TEXT", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    skill_group = table.Column<string>(type: "TEXT", nullable: false),
                    exposure_class = table.Column<string>(type: "TEXT", nullable: true),
                    goal = table.Column<string>(type: "TEXT", nullable: false),
                    aht_seconds = table.Column<double>(type: "REAL", nullable: false),
                    concurrency = table.Column<int>(type: "INTEGER", nullable: false),
                    minimum_heads = table.Column<int>(type: "INTEGER", nullable: false),
                    opening_hours = table.Column<string>(type: "TEXT", nullable: false),
                    closures = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_queues", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "volume_horizon",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    kept_from = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_volume_horizon", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "volumes",
                columns: table => new
                {
                    series_id = table.Column<int>(type: "INTEGER", nullable: false),
                    interval_start = table.Column<long>(type: "INTEGER", nullable: false),
                    offered = table.Column<double>(type: "REAL", nullable: false),
                    handled = table.Column<double>(type: "REAL", nullable: true),
                    handle_time_seconds = table.Column<double>(type: "REAL", nullable: true),
                    abandoned = table.Column<double>(type: "REAL", nullable: true),
                    backlog = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_volumes", x => new { x.series_id, x.interval_start });
                });

            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    contract_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    contracts = table.Column<string>(type: "TEXT", nullable: false),
                    employed_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    employed_to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    skills = table.Column<string>(type: "TEXT", nullable: false),
                    availability = table.Column<string>(type: "TEXT", nullable: false),
                    opt_out_groups = table.Column<string>(type: "TEXT", nullable: false),
                    preferred_templates = table.Column<string>(type: "TEXT", nullable: false),
                    preferred_days_off = table.Column<string>(type: "TEXT", nullable: false),
                    active = table.Column<bool>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agents", x => x.id);
                    table.ForeignKey(
                        name: "fk_agents_contract_contract_id",
                        column: x => x.contract_id,
                        principalTable: "contracts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agents_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "capacity_plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    group = table.Column<string>(type: "TEXT", nullable: true),
                    start = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    weeks = table.Column<int>(type: "INTEGER", nullable: false),
                    assumptions = table.Column<string>(type: "TEXT", nullable: false),
                    requirement_origin = table.Column<string>(type: "TEXT", nullable: false),
                    requirement_levels = table.Column<byte[]>(type: "BLOB", nullable: false),
                    requirement_fte = table.Column<byte[]>(type: "BLOB", nullable: false),
                    rows = table.Column<string>(type: "TEXT", nullable: false),
                    hires = table.Column<string>(type: "TEXT", nullable: true),
                    based_on_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    author = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    job_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
                name: "forecast_horizons",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    judged_from = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forecast_horizons", x => x.hub_id);
                    table.ForeignKey(
                        name: "fk_forecast_horizons_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "forecasts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    cut_off = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    seed = table.Column<int>(type: "INTEGER", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    is_complete = table.Column<bool>(type: "INTEGER", nullable: false),
                    data_hash = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    content = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    carry_adjustments = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    job_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    skipped = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forecasts", x => x.id);
                    table.ForeignKey(
                        name: "fk_forecasts_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "night",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    handed_in_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_night", x => new { x.hub_id, x.date });
                    table.ForeignKey(
                        name: "fk_night_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    start = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    days = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    requirement_run_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    risk_level = table.Column<double>(type: "REAL", nullable: false),
                    seed = table.Column<int>(type: "INTEGER", nullable: false),
                    maximum_moves = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    violations = table.Column<string>(type: "TEXT", nullable: false),
                    uncovered = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    publication = table.Column<int>(type: "INTEGER", nullable: true),
                    job_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    goal_prices = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters", x => x.id);
                    table.ForeignKey(
                        name: "fk_rosters_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "shift_templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    earliest_start = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    latest_start = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    start_step_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    length_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    breaks = table.Column<string>(type: "TEXT", nullable: false),
                    days = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shift_templates", x => x.id);
                    table.ForeignKey(
                        name: "fk_shift_templates_hubs_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    queue_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    on_local_clocks = table.Column<bool>(type: "INTEGER", nullable: false),
                    repeats = table.Column<bool>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_events_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_events_work_queue_queue_id",
                        column: x => x.queue_id,
                        principalTable: "queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "series",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    queue_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_series", x => x.id);
                    table.ForeignKey(
                        name: "fk_series_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_series_work_queue_queue_id",
                        column: x => x.queue_id,
                        principalTable: "queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "time_off",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agent_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    repairs = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_time_off", x => x.id);
                    table.ForeignKey(
                        name: "fk_time_off_agents_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "worked_shift",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agent_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    paid_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    group = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_worked_shift", x => x.id);
                    table.ForeignKey(
                        name: "fk_worked_shift_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_worked_shift_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "requirements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hub_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    forecast_run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    risk_levels = table.Column<byte[]>(type: "BLOB", nullable: false),
                    paths = table.Column<int>(type: "INTEGER", nullable: false),
                    seed = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    job_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_complete = table.Column<bool>(type: "INTEGER", nullable: false),
                    skipped = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_requirements", x => x.id);
                    table.ForeignKey(
                        name: "fk_requirements_forecasts_forecast_run_id",
                        column: x => x.forecast_run_id,
                        principalTable: "forecasts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_requirements_hubs_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "coverage",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    group = table.Column<string>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    required = table.Column<byte[]>(type: "BLOB", nullable: false),
                    scheduled = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coverage", x => x.id);
                    table.ForeignKey(
                        name: "fk_coverage_roster_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deadline_coverage",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    group = table.Column<string>(type: "TEXT", nullable: false),
                    queue = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    due_hours = table.Column<byte[]>(type: "BLOB", nullable: false),
                    arrived_hours = table.Column<byte[]>(type: "BLOB", nullable: false),
                    worked_hours = table.Column<byte[]>(type: "BLOB", nullable: false),
                    late_hours = table.Column<double>(type: "REAL", nullable: false),
                    undone_hours = table.Column<double>(type: "REAL", nullable: false),
                    first_late = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deadline_coverage", x => x.id);
                    table.ForeignKey(
                        name: "fk_deadline_coverage_roster_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roster_people",
                columns: table => new
                {
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agent_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster_people", x => new { x.roster_id, x.agent_id });
                    table.ForeignKey(
                        name: "fk_roster_people_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_roster_people_rosters_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roster_repairs",
                columns: table => new
                {
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    original_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    changes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster_repairs", x => x.roster_id);
                    table.ForeignKey(
                        name: "fk_roster_repairs_roster_original_id",
                        column: x => x.original_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_roster_repairs_roster_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "service_checks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    options = table.Column<string>(type: "TEXT", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    queues = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    job_id = table.Column<Guid>(type: "TEXT", nullable: true)
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

            migrationBuilder.CreateTable(
                name: "shifts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    agent_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    template = table.Column<string>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    paid_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    activities = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shifts", x => x.id);
                    table.ForeignKey(
                        name: "fk_shifts_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_shifts_rosters_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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
                        name: "fk_forecast_adjustments_forecast_run_forecast_run_id",
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

            migrationBuilder.CreateTable(
                name: "series_forecasts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    forecast_run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    data_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    mean = table.Column<byte[]>(type: "BLOB", nullable: false),
                    quantile_levels = table.Column<byte[]>(type: "BLOB", nullable: false),
                    quantiles = table.Column<byte[]>(type: "BLOB", nullable: false),
                    aht_seconds = table.Column<byte[]>(type: "BLOB", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_series_forecasts", x => x.id);
                    table.ForeignKey(
                        name: "fk_series_forecasts_forecasts_forecast_run_id",
                        column: x => x.forecast_run_id,
                        principalTable: "forecasts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_series_forecasts_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "series_requirements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    requirement_run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<int>(type: "INTEGER", nullable: false),
                    risk_level = table.Column<double>(type: "REAL", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    interval_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    heads = table.Column<byte[]>(type: "BLOB", nullable: false),
                    waterfall = table.Column<byte[]>(type: "BLOB", nullable: false),
                    due_hours = table.Column<byte[]>(type: "BLOB", nullable: true),
                    arrived_hours = table.Column<byte[]>(type: "BLOB", nullable: true),
                    opening_backlog_hours = table.Column<double>(type: "REAL", nullable: false),
                    breach = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_series_requirements", x => x.id);
                    table.ForeignKey(
                        name: "fk_series_requirements_requirements_requirement_run_id",
                        column: x => x.requirement_run_id,
                        principalTable: "requirements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_series_requirements_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_agents_code",
                table: "agents",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agents_contract_id",
                table: "agents",
                column: "contract_id");

            migrationBuilder.CreateIndex(
                name: "ix_agents_hub_id",
                table: "agents",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_capacity_plans_hub_id_created_at",
                table: "capacity_plans",
                columns: new[] { "hub_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_contracts_code",
                table: "contracts",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_coverage_roster_id_group",
                table: "coverage",
                columns: new[] { "roster_id", "group" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deadline_coverage_roster_id_queue",
                table: "deadline_coverage",
                columns: new[] { "roster_id", "queue" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_events_code",
                table: "events",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_events_hub_id",
                table: "events",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_events_queue_id",
                table: "events",
                column: "queue_id");

            migrationBuilder.CreateIndex(
                name: "ix_events_start",
                table: "events",
                column: "start");

            migrationBuilder.CreateIndex(
                name: "ix_forecast_adjustments_forecast_run_id_series_id",
                table: "forecast_adjustments",
                columns: new[] { "forecast_run_id", "series_id" });

            migrationBuilder.CreateIndex(
                name: "ix_forecast_adjustments_series_id",
                table: "forecast_adjustments",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_forecasts_hub_id",
                table: "forecasts",
                column: "hub_id",
                unique: true,
                filter: "state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "ix_forecasts_hub_id_state_cut_off",
                table: "forecasts",
                columns: new[] { "hub_id", "state", "cut_off" });

            migrationBuilder.CreateIndex(
                name: "ix_forecasts_job_id",
                table: "forecasts",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_hubs_code",
                table: "hubs",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_records_api_key_id_key",
                table: "idempotency_records",
                columns: new[] { "api_key_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_records_created_at",
                table: "idempotency_records",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_deduplication_key",
                table: "jobs",
                column: "deduplication_key",
                unique: true,
                filter: "state IN ('Queued', 'Running')");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_parent_id",
                table: "jobs",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_state_heartbeat_at",
                table: "jobs",
                columns: new[] { "state", "heartbeat_at" });

            migrationBuilder.CreateIndex(
                name: "ix_labour_policies_code_valid_from",
                table: "labour_policies",
                columns: new[] { "code", "valid_from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operation_models_interval_minutes_cut_off",
                table: "operation_models",
                columns: new[] { "interval_minutes", "cut_off" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_queues_code",
                table: "queues",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_requirements_forecast_run_id",
                table: "requirements",
                column: "forecast_run_id");

            migrationBuilder.CreateIndex(
                name: "ix_requirements_hub_id_created_at",
                table: "requirements",
                columns: new[] { "hub_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_requirements_job_id",
                table: "requirements",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_roster_people_agent_id",
                table: "roster_people",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_roster_repairs_original_id",
                table: "roster_repairs",
                column: "original_id");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_hub_id_start_revision",
                table: "rosters",
                columns: new[] { "hub_id", "start", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_job_id",
                table: "rosters",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_publication",
                table: "rosters",
                column: "publication",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_requirement_run_id",
                table: "rosters",
                column: "requirement_run_id");

            migrationBuilder.CreateIndex(
                name: "ix_series_hub_id",
                table: "series",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_series_queue_id_hub_id",
                table: "series",
                columns: new[] { "queue_id", "hub_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_series_forecasts_forecast_run_id_series_id",
                table: "series_forecasts",
                columns: new[] { "forecast_run_id", "series_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_series_forecasts_series_id",
                table: "series_forecasts",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_series_requirements_requirement_run_id_series_id_risk_level",
                table: "series_requirements",
                columns: new[] { "requirement_run_id", "series_id", "risk_level" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_series_requirements_series_id",
                table: "series_requirements",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_service_checks_job_id",
                table: "service_checks",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_service_checks_roster_id_created_at",
                table: "service_checks",
                columns: new[] { "roster_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_shift_templates_code",
                table: "shift_templates",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_shift_templates_hub_id",
                table: "shift_templates",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_shifts_agent_id_start",
                table: "shifts",
                columns: new[] { "agent_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_shifts_roster_id_agent_id_start",
                table: "shifts",
                columns: new[] { "roster_id", "agent_id", "start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_time_off_agent_id_start",
                table: "time_off",
                columns: new[] { "agent_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_worked_shift_agent_id_start",
                table: "worked_shift",
                columns: new[] { "agent_id", "start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_worked_shift_hub_id_start",
                table: "worked_shift",
                columns: new[] { "hub_id", "start" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "capacity_plans");

            migrationBuilder.DropTable(
                name: "coverage");

            migrationBuilder.DropTable(
                name: "daily_volumes");

            migrationBuilder.DropTable(
                name: "deadline_coverage");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "forecast_adjustments");

            migrationBuilder.DropTable(
                name: "forecast_horizons");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "labour_policies");

            migrationBuilder.DropTable(
                name: "night");

            migrationBuilder.DropTable(
                name: "operation_models");

            migrationBuilder.DropTable(
                name: "roster_people");

            migrationBuilder.DropTable(
                name: "roster_repairs");

            migrationBuilder.DropTable(
                name: "series_forecasts");

            migrationBuilder.DropTable(
                name: "series_requirements");

            migrationBuilder.DropTable(
                name: "service_checks");

            migrationBuilder.DropTable(
                name: "shift_templates");

            migrationBuilder.DropTable(
                name: "shifts");

            migrationBuilder.DropTable(
                name: "time_off");

            migrationBuilder.DropTable(
                name: "volume_horizon");

            migrationBuilder.DropTable(
                name: "volumes");

            migrationBuilder.DropTable(
                name: "worked_shift");

            migrationBuilder.DropTable(
                name: "requirements");

            migrationBuilder.DropTable(
                name: "series");

            migrationBuilder.DropTable(
                name: "rosters");

            migrationBuilder.DropTable(
                name: "agents");

            migrationBuilder.DropTable(
                name: "forecasts");

            migrationBuilder.DropTable(
                name: "queues");

            migrationBuilder.DropTable(
                name: "contracts");

            migrationBuilder.DropTable(
                name: "hubs");
        }
    }
}
