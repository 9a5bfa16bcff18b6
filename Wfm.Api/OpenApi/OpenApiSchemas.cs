using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Wfm.Api.OpenApi;

/// <summary>Answers always carry their members, so they are required there; requests may leave out what has a default, and hold nothing else.</summary>
internal sealed class OpenApiSchemas : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties.Count: > 0 } concrete || context.MemberInfo is not null || context.ParameterInfo is not null
            || !context.Type.Name.EndsWith("Request", StringComparison.Ordinal))
        {
            return;
        }

        var positional = context.Type.GetConstructors().SelectMany(c => c.GetParameters()).ToLookup(p => p.Name, p => p.HasDefaultValue);
        concrete.AdditionalPropertiesAllowed = false;
        concrete.Required = concrete.Required?.Where(name => !HasDefault(context.Type, name, positional)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>True for a member that may be left out: no [Required], and not a parameter of the record that must be given.</summary>
    private static bool HasDefault(Type type, string name, ILookup<string?, bool> positional)
    {
        var property = Array.Find(type.GetProperties(), p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == name);
        return property is not null && property.GetCustomAttribute<RequiredAttribute>() is null && positional[property.Name].All(hasDefault => hasDefault);
    }
}

/// <summary>A sentence for each tag, in the order of the way of the data.</summary>
internal sealed class OpenApiTags : IDocumentFilter
{
    private static readonly (string Name, string Text)[] Tags =
    [
        ("Hubs", "Sites: time zone, country, labour policy, opening hours, seats."),
        ("Queues", "Streams of work with language, severity and promise."),
        ("Contracts", "What people agreed to work."),
        ("Shift templates", "Shapes of shifts a hub allows."),
        ("Labour policies", "Dated rules of law and house, each with its source."),
        ("Agents", "People: skills, availability, opt-outs, preferences, time off."),
        ("Leave types", "What leave there is: paid or not, whose balance, who decides, who sees it."),
        ("Leave allowances", "How much leave a hub or a group may have on a day."),
        ("Leave blackouts", "Days on which nobody takes leave."),
        ("Time off", "Requests for leave, their decisions, and balances."),
        ("Events", "Holidays, campaigns, outages and crises that bend volume."),
        ("Volumes", "What arrived, per queue, hub and interval."),
        ("Forecasts", "What will arrive, with uncertainty."),
        ("Requirements", "Heads per interval at a stated risk."),
        ("Allocations", "Which hub does what of the work that belongs to all of them, and what one more head costs where."),
        ("Rosters", "Who works when, and what service that gives."),
        ("Today", "The running day: what came, what is likely to come of it, which clocks are at risk, who is there, and what tells so."),
        ("Roster edits", "Changes of a roster by hand: checked, done at once, in a history, undone; who fits, and why a shift is there."),
        ("Crises", "What was declared at hubs, from when to when, and the record of what was done in it."),
        ("Waivers", "Rules of the organisation that may be broken in a crisis: by whom, when, how far, and the rest that makes up for it."),
        ("Activities", "Trainings, meetings and coaching: what is to be placed, where it is placed, and what cannot be."),
        ("Activity codes", "What the parts of a shift mean: work, breaks, trainings; paid or not, protected or not."),
        ("Fairness", "Who carried what is hard, against equals."),
        ("Wellbeing", "How long people work on harmful content, against limits, and what limits cost."),
        ("Adherence", "What people did against what was planned: states in, figures with their formulas, exceptions, disputes, learned shrinkage."),
        ("Erlang", "A calculator for one interval of immediate work."),
        ("Capacity plans", "Required against available people, up to two years ahead."),
        ("Jobs", "Long work: progress, result, cancel."),
        ("API keys", "Who may call, and as what."),
        ("Sessions", "Browsers that are signed in, and how they sign in and out."),
        ("Roles", "What keys may do, as sets of permissions."),
        ("Me", "Who calls, and what is one person's own."),
        ("Bidding", "Lines of shifts that people bid for, by rank or by points."),
        ("Swaps", "What people exchange, give away and pick up, and by what policy it is decided."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = context.ApiDescriptions.SelectMany(d => d.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>())
            .SelectMany(t => t.Tags).ToHashSet(StringComparer.Ordinal);
        swaggerDoc.Tags = new HashSet<OpenApiTag>(Tags.Where(t => used.Contains(t.Name)).Select(t => new OpenApiTag { Name = t.Name, Description = t.Text }));
    }
}
