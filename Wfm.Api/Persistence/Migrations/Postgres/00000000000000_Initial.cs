using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Wfm.Api.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "activity_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    paid = table.Column<bool>(type: "boolean", nullable: false),
                    counts_as_working_time = table.Column<bool>(type: "boolean", nullable: false),
                    planned_shrinkage = table.Column<bool>(type: "boolean", nullable: false),
                    @protected = table.Column<bool>(name: "protected", type: "boolean", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "allocations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    question = table.Column<string>(type: "text", nullable: false),
                    hubs = table.Column<string>(type: "text", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_allocations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    prefix = table.Column<string>(type: "text", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    previous_until = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    rotated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    role = table.Column<string>(type: "text", nullable: false),
                    hubs = table.Column<string>(type: "text", nullable: false),
                    scopes = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: true),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    roles = table.Column<string>(type: "text", nullable: true),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    operation = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    query = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    trace_id = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    details = table.Column<string>(type: "text", nullable: true),
                    previous = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "contracts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    minimum_weekly_hours = table.Column<double>(type: "double precision", nullable: false),
                    maximum_weekly_hours = table.Column<double>(type: "double precision", nullable: false),
                    maximum_days_per_week = table.Column<int>(type: "integer", nullable: true),
                    working_days = table.Column<string>(type: "text", nullable: false),
                    cost_per_hour = table.Column<double>(type: "double precision", nullable: false),
                    templates = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contracts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "crises",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    from = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    declared_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    declared_by = table.Column<string>(type: "text", nullable: false),
                    queues = table.Column<string>(type: "text", nullable: false),
                    expected = table.Column<string>(type: "text", nullable: true),
                    stand_down = table.Column<string>(type: "text", nullable: true),
                    entries = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "text", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    waiver_uses = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_crises", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "daily_volumes",
                columns: table => new
                {
                    series_id = table.Column<int>(type: "integer", nullable: false),
                    day_start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    intervals = table.Column<int>(type: "integer", nullable: false),
                    offered = table.Column<double>(type: "double precision", nullable: false),
                    handled = table.Column<double>(type: "double precision", nullable: true),
                    handle_time_seconds = table.Column<double>(type: "double precision", nullable: true),
                    abandoned = table.Column<double>(type: "double precision", nullable: true),
                    backlog = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_daily_volumes", x => new { x.series_id, x.day_start });
                });

            migrationBuilder.CreateTable(
                name: "hubs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    labour_policy = table.Column<string>(type: "text", nullable: true),
                    wellbeing_policy = table.Column<string>(type: "text", nullable: true),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    opening_hours = table.Column<string>(type: "text", nullable: false),
                    planned_shrinkage = table.Column<double>(type: "double precision", nullable: false),
                    unplanned_shrinkage = table.Column<double>(type: "double precision", nullable: false),
                    nightly_at = table.Column<LocalTime>(type: "time", nullable: false),
                    roster_goals = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hubs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_hash = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    etag = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    arguments = table.Column<string>(type: "text", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    progress = table.Column<double>(type: "double precision", nullable: false),
                    step = table.Column<string>(type: "text", nullable: true),
                    owner = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    deduplication_key = table.Column<string>(type: "text", nullable: true),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    message_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    requested_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    retry_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    heartbeat_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "labour_policies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    valid_from = table.Column<LocalDate>(type: "date", nullable: false),
                    first_day_of_week = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    weekend_days = table.Column<string>(type: "text", nullable: false),
                    exposure_basis = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    segmented_shifts = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    rules = table.Column<string>(type: "text", nullable: false),
                    not_expressed = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_labour_policies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leave_types",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    treatment = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    balance = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    terms = table.Column<string>(type: "text", nullable: true),
                    needs_approval = table.Column<bool>(type: "boolean", nullable: false),
                    notice_days = table.Column<int>(type: "integer", nullable: false),
                    hidden_reason = table.Column<bool>(type: "boolean", nullable: false),
                    part_days = table.Column<bool>(type: "boolean", nullable: false),
                    told = table.Column<bool>(type: "boolean", nullable: false),
                    back_days = table.Column<int>(type: "integer", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leave_types", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_models",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    cut_off = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    series = table.Column<int>(type: "integer", nullable: false),
                    trained_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    models = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operation_models", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "queues",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    skill_group = table.Column<string>(type: "text", nullable: false),
                    exposure_class = table.Column<string>(type: "text", nullable: true),
                    routing = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    goal = table.Column<string>(type: "text", nullable: false),
                    aht_seconds = table.Column<double>(type: "double precision", nullable: false),
                    concurrency = table.Column<int>(type: "integer", nullable: false),
                    minimum_heads = table.Column<int>(type: "integer", nullable: false),
                    opening_hours = table.Column<string>(type: "text", nullable: false),
                    closures = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_queues", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    permissions = table.Column<string>(type: "text", nullable: false),
                    updated_by = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roster_turn",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster_turn", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    identity = table.Column<string>(type: "text", nullable: true),
                    way = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "state_mappings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    states = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_state_mappings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "volume_horizon",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    kept_from = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_volume_horizon", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "volumes",
                columns: table => new
                {
                    series_id = table.Column<int>(type: "integer", nullable: false),
                    interval_start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    offered = table.Column<double>(type: "double precision", nullable: false),
                    handled = table.Column<double>(type: "double precision", nullable: true),
                    handle_time_seconds = table.Column<double>(type: "double precision", nullable: true),
                    abandoned = table.Column<double>(type: "double precision", nullable: true),
                    backlog = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_volumes", x => new { x.series_id, x.interval_start });
                });

            migrationBuilder.CreateTable(
                name: "crisis_plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    crisis_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    made_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    from = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: false),
                    surges = table.Column<string>(type: "text", nullable: false),
                    hubs = table.Column<string>(type: "text", nullable: false),
                    effect = table.Column<string>(type: "text", nullable: false),
                    answers = table.Column<string>(type: "text", nullable: false),
                    applied = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_crisis_plans", x => x.id);
                    table.ForeignKey(
                        name: "fk_crisis_plans_crisis_crisis_id",
                        column: x => x.crisis_id,
                        principalTable: "crises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "activities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    agents = table.Column<string>(type: "text", nullable: false),
                    grouping = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    group_size = table.Column<int>(type: "integer", nullable: true),
                    quorum = table.Column<int>(type: "integer", nullable: false),
                    coach = table.Column<string>(type: "text", nullable: true),
                    from = table.Column<LocalDate>(type: "date", nullable: false),
                    to = table.Column<LocalDate>(type: "date", nullable: false),
                    time_from = table.Column<LocalTime>(type: "time", nullable: true),
                    time_to = table.Column<LocalTime>(type: "time", nullable: true),
                    weekdays = table.Column<string>(type: "text", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    must = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    cancelled_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    reasons = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activities", x => x.id);
                    table.ForeignKey(
                        name: "fk_activities_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "adherence_settings",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_adherence_settings", x => x.hub_id);
                    table.ForeignKey(
                        name: "fk_adherence_settings_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agent_state_feeds",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    as_of = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_state_feeds", x => x.hub_id);
                    table.ForeignKey(
                        name: "fk_agent_state_feeds_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contract_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contracts = table.Column<string>(type: "text", nullable: false),
                    employed_from = table.Column<LocalDate>(type: "date", nullable: true),
                    employed_to = table.Column<LocalDate>(type: "date", nullable: true),
                    skills = table.Column<string>(type: "text", nullable: false),
                    availability = table.Column<string>(type: "text", nullable: false),
                    opt_out_groups = table.Column<string>(type: "text", nullable: false),
                    preferred_templates = table.Column<string>(type: "text", nullable: false),
                    preferred_days_off = table.Column<string>(type: "text", nullable: false),
                    preferences_by_rank = table.Column<bool>(type: "boolean", nullable: false),
                    preferred_starts = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    dated_availability = table.Column<string>(type: "text", nullable: false),
                    dated_wishes = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    group = table.Column<string>(type: "text", nullable: true),
                    start = table.Column<LocalDate>(type: "date", nullable: false),
                    weeks = table.Column<int>(type: "integer", nullable: false),
                    assumptions = table.Column<string>(type: "text", nullable: false),
                    requirement_origin = table.Column<string>(type: "text", nullable: false),
                    requirement_levels = table.Column<byte[]>(type: "bytea", nullable: false),
                    requirement_fte = table.Column<byte[]>(type: "bytea", nullable: false),
                    rows = table.Column<string>(type: "text", nullable: false),
                    hires = table.Column<string>(type: "text", nullable: true),
                    based_on_id = table.Column<Guid>(type: "uuid", nullable: true),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
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
                name: "crisis_hubs",
                columns: table => new
                {
                    crisis_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_crisis_hubs", x => new { x.crisis_id, x.hub_id });
                    table.ForeignKey(
                        name: "fk_crisis_hubs_crises_crisis_id",
                        column: x => x.crisis_id,
                        principalTable: "crises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_crisis_hubs_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "forecast_horizons",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    judged_from = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cut_off = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    seed = table.Column<int>(type: "integer", nullable: false),
                    fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    is_complete = table.Column<bool>(type: "boolean", nullable: false),
                    data_hash = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    content = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    carry_adjustments = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    published_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    skipped = table.Column<string>(type: "text", nullable: false)
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
                name: "leave_allowances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    from = table.Column<LocalDate>(type: "date", nullable: true),
                    to = table.Column<LocalDate>(type: "date", nullable: true),
                    days = table.Column<string>(type: "text", nullable: false),
                    measure = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    limit = table.Column<double>(type: "double precision", nullable: false),
                    types = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leave_allowances", x => x.id);
                    table.ForeignKey(
                        name: "fk_leave_allowances_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "leave_blackouts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: true),
                    groups = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<LocalDate>(type: "date", nullable: false),
                    to = table.Column<LocalDate>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    types = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leave_blackouts", x => x.id);
                    table.ForeignKey(
                        name: "fk_leave_blackouts_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "night",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    due_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    handed_in_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
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
                name: "open_shifts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    group = table.Column<string>(type: "text", nullable: false),
                    shift = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    offered = table.Column<string>(type: "text", nullable: false),
                    places = table.Column<int>(type: "integer", nullable: false),
                    taken = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    posted_by = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    posted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_open_shifts", x => x.id);
                    table.ForeignKey(
                        name: "fk_open_shifts_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "request_policies",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_policies", x => x.hub_id);
                    table.ForeignKey(
                        name: "fk_request_policies_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<LocalDate>(type: "date", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    requirement_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    risk_level = table.Column<double>(type: "double precision", nullable: false),
                    seed = table.Column<int>(type: "integer", nullable: false),
                    maximum_moves = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    violations = table.Column<string>(type: "text", nullable: false),
                    uncovered = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    published_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    publication = table.Column<int>(type: "integer", nullable: true),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    edits = table.Column<int>(type: "integer", nullable: false),
                    goal_prices = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    earliest_start = table.Column<LocalTime>(type: "time", nullable: false),
                    latest_start = table.Column<LocalTime>(type: "time", nullable: false),
                    start_step_minutes = table.Column<int>(type: "integer", nullable: false),
                    length_minutes = table.Column<int>(type: "integer", nullable: false),
                    ends_at = table.Column<LocalTime>(type: "time", nullable: true),
                    breaks = table.Column<string>(type: "text", nullable: false),
                    days = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
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
                name: "waivers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    crisis_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    maximum_amount = table.Column<double>(type: "double precision", nullable: false),
                    from = table.Column<LocalDate>(type: "date", nullable: false),
                    to = table.Column<LocalDate>(type: "date", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    approved_by = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    rest_hours = table.Column<double>(type: "double precision", nullable: false),
                    rest_by = table.Column<LocalDate>(type: "date", nullable: false),
                    everybody = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    revoked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revoked_by = table.Column<string>(type: "text", nullable: true),
                    revoke_reason = table.Column<string>(type: "text", nullable: true),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_waivers", x => x.id);
                    table.ForeignKey(
                        name: "fk_waivers_crises_crisis_id",
                        column: x => x.crisis_id,
                        principalTable: "crises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_waivers_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "backlog_counts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    queue_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    youngest_minutes = table.Column<int>(type: "integer", nullable: false),
                    oldest_minutes = table.Column<int>(type: "integer", nullable: false),
                    contacts = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backlog_counts", x => x.id);
                    table.ForeignKey(
                        name: "fk_backlog_counts_hubs_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_backlog_counts_queues_queue_id",
                        column: x => x.queue_id,
                        principalTable: "queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "crisis_claims",
                columns: table => new
                {
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    queue_id = table.Column<Guid>(type: "uuid", nullable: false),
                    crisis_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_crisis_claims", x => new { x.hub_id, x.queue_id });
                    table.ForeignKey(
                        name: "fk_crisis_claims_crisis_crisis_id",
                        column: x => x.crisis_id,
                        principalTable: "crises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_crisis_claims_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_crisis_claims_work_queue_queue_id",
                        column: x => x.queue_id,
                        principalTable: "queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: true),
                    queue_id = table.Column<Guid>(type: "uuid", nullable: true),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    on_local_clocks = table.Column<bool>(type: "boolean", nullable: false),
                    repeats = table.Column<bool>(type: "boolean", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
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
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    queue_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
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
                name: "served_intervals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    queue_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    answered = table.Column<int>(type: "integer", nullable: false),
                    in_time = table.Column<int>(type: "integer", nullable: false),
                    abandoned = table.Column<int>(type: "integer", nullable: true),
                    wait_seconds = table.Column<double>(type: "double precision", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_served_intervals", x => x.id);
                    table.ForeignKey(
                        name: "fk_served_intervals_hubs_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_served_intervals_queues_queue_id",
                        column: x => x.queue_id,
                        principalTable: "queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "adherence_claims",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    to = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    steps = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_adherence_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_adherence_claims_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_adherence_claims_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agent_states",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_states", x => x.id);
                    table.ForeignKey(
                        name: "fk_agent_states_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "availability_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<LocalDate>(type: "date", nullable: false),
                    to = table.Column<LocalDate>(type: "date", nullable: false),
                    windows = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    rule = table.Column<string>(type: "text", nullable: true),
                    asked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    steps = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_availability_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_availability_requests_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_availability_requests_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "balance_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    on = table.Column<LocalDate>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    hours_per_month = table.Column<double>(type: "double precision", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_balance_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_balance_entries_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bid_points",
                columns: table => new
                {
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    balance = table.Column<int>(type: "integer", nullable: false),
                    month = table.Column<LocalDate>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bid_points", x => x.agent_id);
                    table.ForeignKey(
                        name: "fk_bid_points_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exposure_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    queue_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    seconds = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exposure_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_exposure_entries_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_exposure_entries_work_queue_queue_id",
                        column: x => x.queue_id,
                        principalTable: "queues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "leave_bookings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    balance = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    is_told = table.Column<bool>(type: "boolean", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leave_bookings", x => x.id);
                    table.ForeignKey(
                        name: "fk_leave_bookings_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "leave_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    is_part = table.Column<bool>(type: "boolean", nullable: false),
                    days = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    findings = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    history = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leave_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_leave_requests_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "seen_shifts",
                columns: table => new
                {
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seen_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    shifts = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seen_shifts", x => x.agent_id);
                    table.ForeignKey(
                        name: "fk_seen_shifts_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "time_off",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    type = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    granted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    edits = table.Column<string>(type: "text", nullable: false),
                    repairs = table.Column<string>(type: "text", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    paid_minutes = table.Column<int>(type: "integer", nullable: false),
                    group = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    forecast_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    risk_levels = table.Column<byte[]>(type: "bytea", nullable: false),
                    paths = table.Column<int>(type: "integer", nullable: false),
                    seed = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    allocation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_complete = table.Column<bool>(type: "boolean", nullable: false),
                    skipped = table.Column<string>(type: "text", nullable: false)
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
                name: "swaps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    other_id = table.Column<Guid>(type: "uuid", nullable: true),
                    other_date = table.Column<LocalDate>(type: "date", nullable: true),
                    to_everybody = table.Column<bool>(type: "boolean", nullable: false),
                    from = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    to = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    shift = table.Column<string>(type: "text", nullable: false),
                    other_shift = table.Column<string>(type: "text", nullable: true),
                    open_shift_id = table.Column<Guid>(type: "uuid", nullable: true),
                    day = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    asked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: true),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: true),
                    edit = table.Column<int>(type: "integer", nullable: true),
                    steps = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_swaps", x => x.id);
                    table.ForeignKey(
                        name: "fk_swaps_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_swaps_agent_other_id",
                        column: x => x.other_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_swaps_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_swaps_open_shifts_open_shift_id",
                        column: x => x.open_shift_id,
                        principalTable: "open_shifts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "activity_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    coach = table.Column<string>(type: "text", nullable: true),
                    people = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_activity_sessions_activities_activity_id",
                        column: x => x.activity_id,
                        principalTable: "activities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_activity_sessions_roster_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bid_rounds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    rule = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    closes_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    lines = table.Column<string>(type: "text", nullable: false),
                    rows = table.Column<string>(type: "text", nullable: false),
                    people = table.Column<string>(type: "text", nullable: false),
                    awards = table.Column<string>(type: "text", nullable: false),
                    edit = table.Column<int>(type: "integer", nullable: true),
                    posted_by = table.Column<string>(type: "text", nullable: false),
                    posted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bid_rounds", x => x.id);
                    table.ForeignKey(
                        name: "fk_bid_rounds_hub_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_bid_rounds_roster_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "coverage",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<string>(type: "text", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    required = table.Column<byte[]>(type: "bytea", nullable: false),
                    scheduled = table.Column<byte[]>(type: "bytea", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<string>(type: "text", nullable: false),
                    queue = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    due_hours = table.Column<byte[]>(type: "bytea", nullable: false),
                    arrived_hours = table.Column<byte[]>(type: "bytea", nullable: false),
                    worked_hours = table.Column<byte[]>(type: "bytea", nullable: false),
                    late_hours = table.Column<double>(type: "double precision", nullable: false),
                    undone_hours = table.Column<double>(type: "double precision", nullable: false),
                    first_late = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
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
                name: "limit_prices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "text", nullable: false),
                    priced_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_limit_prices", x => x.id);
                    table.ForeignKey(
                        name: "fk_limit_prices_roster_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recommendation_sets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_version = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    made_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    nothing = table.Column<string>(type: "text", nullable: false),
                    actions = table.Column<string>(type: "text", nullable: false),
                    applied = table.Column<int>(type: "integer", nullable: true),
                    edit = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recommendation_sets", x => x.id);
                    table.ForeignKey(
                        name: "fk_recommendation_sets_hubs_hub_id",
                        column: x => x.hub_id,
                        principalTable: "hubs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_recommendation_sets_rosters_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roster_edits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    roster_version = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    cause = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    undoes = table.Column<int>(type: "integer", nullable: true),
                    in_force = table.Column<bool>(type: "boolean", nullable: false),
                    cost_before = table.Column<double>(type: "double precision", nullable: false),
                    cost_after = table.Column<double>(type: "double precision", nullable: false),
                    broken = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster_edits", x => x.id);
                    table.ForeignKey(
                        name: "fk_roster_edits_roster_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roster_people",
                columns: table => new
                {
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false)
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
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    original_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    options = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    queues = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
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

            migrationBuilder.CreateTable(
                name: "shifts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    template = table.Column<string>(type: "text", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    paid_minutes = table.Column<int>(type: "integer", nullable: false),
                    activities = table.Column<string>(type: "text", nullable: false)
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
                name: "waiver_people",
                columns: table => new
                {
                    waiver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_waiver_people", x => new { x.waiver_id, x.agent_id });
                    table.ForeignKey(
                        name: "fk_waiver_people_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_waiver_people_waivers_waiver_id",
                        column: x => x.waiver_id,
                        principalTable: "waivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "waiver_uses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    waiver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    crisis_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hub_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    edit = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    rule = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    from = table.Column<LocalDate>(type: "date", nullable: false),
                    to = table.Column<LocalDate>(type: "date", nullable: false),
                    amount = table.Column<double>(type: "double precision", nullable: false),
                    unit = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_waiver_uses", x => x.id);
                    table.ForeignKey(
                        name: "fk_waiver_uses_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_waiver_uses_waivers_waiver_id",
                        column: x => x.waiver_id,
                        principalTable: "waivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "forecast_adjustments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    forecast_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    factor = table.Column<double>(type: "double precision", nullable: true),
                    added = table.Column<double>(type: "double precision", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    carried_from_id = table.Column<Guid>(type: "uuid", nullable: true),
                    applies_until = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    withdrawn_by = table.Column<string>(type: "text", nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    forecast_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    data_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    mean = table.Column<byte[]>(type: "bytea", nullable: false),
                    quantile_levels = table.Column<byte[]>(type: "bytea", nullable: false),
                    quantiles = table.Column<byte[]>(type: "bytea", nullable: false),
                    aht_seconds = table.Column<byte[]>(type: "bytea", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    requirement_run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<int>(type: "integer", nullable: false),
                    risk_level = table.Column<double>(type: "double precision", nullable: false),
                    start = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    interval_minutes = table.Column<int>(type: "integer", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    heads = table.Column<byte[]>(type: "bytea", nullable: false),
                    waterfall = table.Column<byte[]>(type: "bytea", nullable: false),
                    due_hours = table.Column<byte[]>(type: "bytea", nullable: true),
                    arrived_hours = table.Column<byte[]>(type: "bytea", nullable: true),
                    opening_backlog_hours = table.Column<double>(type: "double precision", nullable: false),
                    breach = table.Column<string>(type: "text", nullable: true)
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

            migrationBuilder.CreateTable(
                name: "person_bids",
                columns: table => new
                {
                    round_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bids = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_bids", x => new { x.round_id, x.agent_id });
                    table.ForeignKey(
                        name: "fk_person_bids_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_person_bids_bid_rounds_round_id",
                        column: x => x.round_id,
                        principalTable: "bid_rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roster_edit_days",
                columns: table => new
                {
                    edit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    before = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roster_edit_days", x => new { x.edit_id, x.agent_id, x.date });
                    table.ForeignKey(
                        name: "fk_roster_edit_days_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_roster_edit_days_roster_edits_edit_id",
                        column: x => x.edit_id,
                        principalTable: "roster_edits",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "leave_types",
                columns: new[] { "id", "active", "back_days", "balance", "code", "hidden_reason", "name", "needs_approval", "notice_days", "part_days", "terms", "told", "treatment", "updated_at", "version" },
                values: new object[,]
                {
                    { new Guid("1ea7e000-0000-7000-8000-000000000001"), true, 0, null, "annual", false, "Annual leave", true, 0, true, null, false, "Annual", NodaTime.Instant.FromUnixTimeTicks(17672256000000000L), 1 },
                    { new Guid("1ea7e000-0000-7000-8000-000000000002"), true, 7, null, "sick", true, "Sickness", false, 0, true, null, true, "Sick", NodaTime.Instant.FromUnixTimeTicks(17672256000000000L), 1 },
                    { new Guid("1ea7e000-0000-7000-8000-000000000003"), true, 0, null, "parental", false, "Parental leave", true, 0, true, null, false, "Parental", NodaTime.Instant.FromUnixTimeTicks(17672256000000000L), 1 },
                    { new Guid("1ea7e000-0000-7000-8000-000000000004"), true, 0, null, "training", false, "Training", true, 0, true, null, false, "Training", NodaTime.Instant.FromUnixTimeTicks(17672256000000000L), 1 },
                    { new Guid("1ea7e000-0000-7000-8000-000000000005"), true, 0, null, "unpaid", false, "Unpaid leave", true, 0, true, null, false, "Unpaid", NodaTime.Instant.FromUnixTimeTicks(17672256000000000L), 1 },
                    { new Guid("1ea7e000-0000-7000-8000-000000000006"), true, 0, null, "other", false, "Other paid absence", true, 0, true, null, false, "Other", NodaTime.Instant.FromUnixTimeTicks(17672256000000000L), 1 }
                });

            migrationBuilder.InsertData(
                table: "roster_turn",
                columns: new[] { "id", "value" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_activities_code",
                table: "activities",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_activities_hub_id_to",
                table: "activities",
                columns: new[] { "hub_id", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_activity_codes_code",
                table: "activity_codes",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_activity_sessions_activity_id",
                table: "activity_sessions",
                column: "activity_id");

            migrationBuilder.CreateIndex(
                name: "ix_activity_sessions_roster_id",
                table: "activity_sessions",
                column: "roster_id");

            migrationBuilder.CreateIndex(
                name: "ix_adherence_claims_agent_id_to",
                table: "adherence_claims",
                columns: new[] { "agent_id", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_adherence_claims_hub_id_kind_state",
                table: "adherence_claims",
                columns: new[] { "hub_id", "kind", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_adherence_claims_to",
                table: "adherence_claims",
                column: "to");

            migrationBuilder.CreateIndex(
                name: "ix_agent_states_agent_id_start",
                table: "agent_states",
                columns: new[] { "agent_id", "start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agent_states_start",
                table: "agent_states",
                column: "start");

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
                name: "ix_allocations_job_id",
                table: "allocations",
                column: "job_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_agent_id",
                table: "api_keys",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_previous_hash",
                table: "api_keys",
                column: "previous_hash");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_role",
                table: "api_keys",
                column: "role");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_key_id_number",
                table: "audit_entries",
                columns: new[] { "key_id", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_availability_requests_agent_id_asked_at",
                table: "availability_requests",
                columns: new[] { "agent_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_availability_requests_hub_id_state",
                table: "availability_requests",
                columns: new[] { "hub_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_backlog_counts_at",
                table: "backlog_counts",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_backlog_counts_hub_id_at_queue_id_youngest_minutes",
                table: "backlog_counts",
                columns: new[] { "hub_id", "at", "queue_id", "youngest_minutes" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_backlog_counts_queue_id",
                table: "backlog_counts",
                column: "queue_id");

            migrationBuilder.CreateIndex(
                name: "ix_balance_entries_agent_id_type_on",
                table: "balance_entries",
                columns: new[] { "agent_id", "type", "on" });

            migrationBuilder.CreateIndex(
                name: "ix_bid_rounds_hub_id_state",
                table: "bid_rounds",
                columns: new[] { "hub_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_bid_rounds_roster_id",
                table: "bid_rounds",
                column: "roster_id");

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
                name: "ix_crisis_claims_crisis_id",
                table: "crisis_claims",
                column: "crisis_id");

            migrationBuilder.CreateIndex(
                name: "ix_crisis_claims_queue_id",
                table: "crisis_claims",
                column: "queue_id");

            migrationBuilder.CreateIndex(
                name: "ix_crisis_hubs_hub_id",
                table: "crisis_hubs",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_crisis_plans_crisis_id",
                table: "crisis_plans",
                column: "crisis_id");

            migrationBuilder.CreateIndex(
                name: "ix_crisis_plans_job_id",
                table: "crisis_plans",
                column: "job_id",
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
                name: "ix_exposure_entries_agent_id_start_queue_id_source",
                table: "exposure_entries",
                columns: new[] { "agent_id", "start", "queue_id", "source" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_exposure_entries_queue_id",
                table: "exposure_entries",
                column: "queue_id");

            migrationBuilder.CreateIndex(
                name: "ix_exposure_entries_start",
                table: "exposure_entries",
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
                name: "ix_leave_allowances_code",
                table: "leave_allowances",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_leave_allowances_hub_id",
                table: "leave_allowances",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_leave_blackouts_code",
                table: "leave_blackouts",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_leave_blackouts_hub_id",
                table: "leave_blackouts",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_leave_bookings_agent_id_date",
                table: "leave_bookings",
                columns: new[] { "agent_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_leave_bookings_entry_id",
                table: "leave_bookings",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_leave_bookings_hub_id_date",
                table: "leave_bookings",
                columns: new[] { "hub_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_leave_bookings_request_id",
                table: "leave_bookings",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_leave_requests_agent_id_id",
                table: "leave_requests",
                columns: new[] { "agent_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leave_requests_hub_id_state_id",
                table: "leave_requests",
                columns: new[] { "hub_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_leave_requests_state_expires_at",
                table: "leave_requests",
                columns: new[] { "state", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leave_types_code",
                table: "leave_types",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_limit_prices_roster_id",
                table: "limit_prices",
                column: "roster_id");

            migrationBuilder.CreateIndex(
                name: "ix_open_shifts_hub_id_state",
                table: "open_shifts",
                columns: new[] { "hub_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_open_shifts_state_expires_at",
                table: "open_shifts",
                columns: new[] { "state", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_operation_models_interval_minutes_cut_off",
                table: "operation_models",
                columns: new[] { "interval_minutes", "cut_off" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_person_bids_agent_id",
                table: "person_bids",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_queues_code",
                table: "queues",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_recommendation_sets_hub_id",
                table: "recommendation_sets",
                column: "hub_id");

            migrationBuilder.CreateIndex(
                name: "ix_recommendation_sets_made_at",
                table: "recommendation_sets",
                column: "made_at");

            migrationBuilder.CreateIndex(
                name: "ix_recommendation_sets_roster_id",
                table: "recommendation_sets",
                column: "roster_id");

            migrationBuilder.CreateIndex(
                name: "ix_requirements_allocation_id",
                table: "requirements",
                column: "allocation_id");

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
                name: "ix_roles_code",
                table: "roles",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_roster_edit_days_agent_id_date",
                table: "roster_edit_days",
                columns: new[] { "agent_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_roster_edits_roster_id_number",
                table: "roster_edits",
                columns: new[] { "roster_id", "number" },
                unique: true);

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
                name: "ix_served_intervals_hub_id_start_queue_id",
                table: "served_intervals",
                columns: new[] { "hub_id", "start", "queue_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_served_intervals_queue_id",
                table: "served_intervals",
                column: "queue_id");

            migrationBuilder.CreateIndex(
                name: "ix_served_intervals_start",
                table: "served_intervals",
                column: "start");

            migrationBuilder.CreateIndex(
                name: "ix_service_checks_job_id",
                table: "service_checks",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_service_checks_roster_id_created_at",
                table: "service_checks",
                columns: new[] { "roster_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expires_at",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_hash",
                table: "sessions",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_key_id",
                table: "sessions",
                column: "key_id");

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
                name: "ix_sign_in_codes_expires_at",
                table: "sign_in_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_codes_hash",
                table: "sign_in_codes",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_swaps_agent_id_asked_at",
                table: "swaps",
                columns: new[] { "agent_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_swaps_hub_id_state",
                table: "swaps",
                columns: new[] { "hub_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_swaps_open_shift_id",
                table: "swaps",
                column: "open_shift_id");

            migrationBuilder.CreateIndex(
                name: "ix_swaps_other_id",
                table: "swaps",
                column: "other_id");

            migrationBuilder.CreateIndex(
                name: "ix_swaps_state_expires_at",
                table: "swaps",
                columns: new[] { "state", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_time_off_agent_id_start",
                table: "time_off",
                columns: new[] { "agent_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_waiver_people_agent_id",
                table: "waiver_people",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_waiver_uses_agent_id",
                table: "waiver_uses",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_waiver_uses_crisis_id",
                table: "waiver_uses",
                column: "crisis_id");

            migrationBuilder.CreateIndex(
                name: "ix_waiver_uses_hub_id_rule",
                table: "waiver_uses",
                columns: new[] { "hub_id", "rule" });

            migrationBuilder.CreateIndex(
                name: "ix_waiver_uses_roster_id",
                table: "waiver_uses",
                column: "roster_id");

            migrationBuilder.CreateIndex(
                name: "ix_waiver_uses_waiver_id",
                table: "waiver_uses",
                column: "waiver_id");

            migrationBuilder.CreateIndex(
                name: "ix_waivers_crisis_id",
                table: "waivers",
                column: "crisis_id");

            migrationBuilder.CreateIndex(
                name: "ix_waivers_hub_id_rule",
                table: "waivers",
                columns: new[] { "hub_id", "rule" });

            migrationBuilder.CreateIndex(
                name: "ix_worked_shift_agent_id_start",
                table: "worked_shift",
                columns: new[] { "agent_id", "start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_worked_shift_hub_id_start",
                table: "worked_shift",
                columns: new[] { "hub_id", "start" });

            migrationBuilder.AppendOnly("audit_entries");

            migrationBuilder.PartitionByTime("volumes", "series_id", "interval_start");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "activity_codes");

            migrationBuilder.DropTable(
                name: "activity_sessions");

            migrationBuilder.DropTable(
                name: "adherence_claims");

            migrationBuilder.DropTable(
                name: "adherence_settings");

            migrationBuilder.DropTable(
                name: "agent_state_feeds");

            migrationBuilder.DropTable(
                name: "agent_states");

            migrationBuilder.DropTable(
                name: "allocations");

            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "availability_requests");

            migrationBuilder.DropTable(
                name: "backlog_counts");

            migrationBuilder.DropTable(
                name: "balance_entries");

            migrationBuilder.DropTable(
                name: "bid_points");

            migrationBuilder.DropTable(
                name: "capacity_plans");

            migrationBuilder.DropTable(
                name: "coverage");

            migrationBuilder.DropTable(
                name: "crisis_claims");

            migrationBuilder.DropTable(
                name: "crisis_hubs");

            migrationBuilder.DropTable(
                name: "crisis_plans");

            migrationBuilder.DropTable(
                name: "daily_volumes");

            migrationBuilder.DropTable(
                name: "deadline_coverage");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "exposure_entries");

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
                name: "leave_allowances");

            migrationBuilder.DropTable(
                name: "leave_blackouts");

            migrationBuilder.DropTable(
                name: "leave_bookings");

            migrationBuilder.DropTable(
                name: "leave_requests");

            migrationBuilder.DropTable(
                name: "leave_types");

            migrationBuilder.DropTable(
                name: "limit_prices");

            migrationBuilder.DropTable(
                name: "night");

            migrationBuilder.DropTable(
                name: "operation_models");

            migrationBuilder.DropTable(
                name: "person_bids");

            migrationBuilder.DropTable(
                name: "recommendation_sets");

            migrationBuilder.DropTable(
                name: "request_policies");

            migrationBuilder.DropTable(
                name: "roles");

            migrationBuilder.DropTable(
                name: "roster_edit_days");

            migrationBuilder.DropTable(
                name: "roster_people");

            migrationBuilder.DropTable(
                name: "roster_repairs");

            migrationBuilder.DropTable(
                name: "roster_turn");

            migrationBuilder.DropTable(
                name: "seen_shifts");

            migrationBuilder.DropTable(
                name: "series_forecasts");

            migrationBuilder.DropTable(
                name: "series_requirements");

            migrationBuilder.DropTable(
                name: "served_intervals");

            migrationBuilder.DropTable(
                name: "service_checks");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "shift_templates");

            migrationBuilder.DropTable(
                name: "shifts");

            migrationBuilder.DropTable(
                name: "sign_in_codes");

            migrationBuilder.DropTable(
                name: "state_mappings");

            migrationBuilder.DropTable(
                name: "swaps");

            migrationBuilder.DropTable(
                name: "time_off");

            migrationBuilder.DropTable(
                name: "volume_horizon");

            migrationBuilder.DropTable(
                name: "volumes");

            migrationBuilder.DropTable(
                name: "waiver_people");

            migrationBuilder.DropTable(
                name: "waiver_uses");

            migrationBuilder.DropTable(
                name: "worked_shift");

            migrationBuilder.DropTable(
                name: "activities");

            migrationBuilder.DropTable(
                name: "bid_rounds");

            migrationBuilder.DropTable(
                name: "roster_edits");

            migrationBuilder.DropTable(
                name: "requirements");

            migrationBuilder.DropTable(
                name: "series");

            migrationBuilder.DropTable(
                name: "open_shifts");

            migrationBuilder.DropTable(
                name: "waivers");

            migrationBuilder.DropTable(
                name: "agents");

            migrationBuilder.DropTable(
                name: "rosters");

            migrationBuilder.DropTable(
                name: "forecasts");

            migrationBuilder.DropTable(
                name: "queues");

            migrationBuilder.DropTable(
                name: "crises");

            migrationBuilder.DropTable(
                name: "contracts");

            migrationBuilder.DropTable(
                name: "hubs");
        }
    }
}
