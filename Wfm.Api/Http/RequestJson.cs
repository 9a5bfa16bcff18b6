using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Wfm.Api.Json;

namespace Wfm.Api.Http;

/// <summary>The JSON of request bodies: what <see cref="WfmJson"/> reads, but nothing unknown, nothing twice, nothing missing, no null where none
/// belongs.</summary>
public static class RequestJson
{
    /// <summary>The options HTTP bodies are read with.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new EnumNames());
        WfmJson.Configure(options, bounded: true);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(MakeStrict);
        return options;
    }

    private static void MakeStrict(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Namespace?.StartsWith("Wfm.", StringComparison.Ordinal) != true)
        {
            return;
        }

        var nullability = new NullabilityInfoContext();
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider is not PropertyInfo info)
            {
                continue;
            }

            var nullable = info.PropertyType.IsValueType ? Nullable.GetUnderlyingType(info.PropertyType) is not null
                : nullability.Create(info).ReadState != NullabilityState.NotNull;
            if (!info.PropertyType.IsValueType && property.Get is not null)
            {
                property.IsGetNullable = true; // strict about what is read, not about what is written
            }

            if (!nullable && property.AssociatedParameter is { HasDefaultValue: false })
            {
                property.IsRequired = true;
            }
        }

        foreach (var name in Echoed(type.Type).Where(name => type.Properties.All(p => p.Name != name)))
        {
            var echoed = type.CreateJsonPropertyInfo(typeof(JsonElement), name);
            echoed.Set = static (_, _) => { };
            type.Properties.Add(echoed);
        }
    }

    /// <summary>Members that the answer XResponse has beyond XRequest: they may come back and say nothing, so that an answer can be edited and sent.</summary>
    private static IEnumerable<string> Echoed(Type type)
    {
        const string Request = nameof(Request);
        var response = type.Name.EndsWith(Request, StringComparison.Ordinal) ? type.Assembly.GetType(type.FullName![..^Request.Length] + "Response") : null;
        return response?.IsSubclassOf(type) == true
            ? response
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))
            : [];
    }
}
