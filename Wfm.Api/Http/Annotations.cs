using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Wfm.Api.Json;

namespace Wfm.Api.Http;

/// <summary>What the annotations of a body refuse, of its members and of theirs.</summary>
internal static class Annotations
{
    /// <summary>Checks every body and hands its findings to the handlers that take <see cref="Findings"/> and add their own; before any other they are the
    /// answer.</summary>
    public static RouteGroupBuilder WithCheckedBodies(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            var parameters = endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault()?.GetParameters() ?? [];
            var bodies = parameters.Index().Where(p => IsOurs(p.Item.ParameterType)).Select(p => p.Index).ToArray();
            var numbers = parameters.Index().Where(p => (Nullable.GetUnderlyingType(p.Item.ParameterType) ?? p.Item.ParameterType) == typeof(double)).ToArray();
            if (bodies.Length > 0 || numbers.Length > 0) // any filter, even one that does nothing, costs the start of a server a compilation
            {
                endpoint.FilterFactories.Add((_, next) => Checked(next, bodies, numbers, Array.Exists(parameters, p => p.ParameterType == typeof(Findings))));
            }
        });
        return group;
    }

    private static EndpointFilterDelegate Checked(EndpointFilterDelegate next, int[] bodies, (int Index, ParameterInfo Item)[] numbers, bool addsItsOwn) =>
        invocation =>
        {
            foreach (var (index, parameter) in numbers)
            {
                Check(invocation.Arguments[index], parameter.Name!);
            }

            var findings = invocation.HttpContext.RequestServices.GetRequiredService<Findings>();
            foreach (var body in bodies)
            {
                Check(invocation.Arguments[body], "", findings);
            }

            if (!addsItsOwn)
            {
                findings.ThrowIfAny();
            }

            return next(invocation);
        };

    /// <summary>Numbers of query strings, as those of bodies; NaN and infinities are numbers to the framework.</summary>
    private static void Check(object? number, string name)
    {
        if (number is double value && !(double.IsFinite(value) && Bounds.Hold(value)))
        {
            var reason = $"{name} must be a number, {Bounds.OfNumbers}; '{value}' is not.";
            throw ProblemException.Semantic(name, reason);
        }
    }

    /// <param name="at">JSON pointer of the value; empty for the body itself.</param>
    public static void Check(object? value, string at, Findings findings)
    {
        if (value is IEnumerable list and not string)
        {
            foreach (var (index, item) in list.Cast<object?>().Index().Where(i => i.Item is not null && IsOurs(i.Item.GetType())))
            {
                Check(item, $"{at}/{index}", findings);
            }

            return;
        }

        if (value is null || !IsOurs(value.GetType()))
        {
            return;
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
        {
            findings.AddMalformed(at + JsonProblems.Pointer(result.MemberNames.FirstOrDefault()), result.ErrorMessage ?? "Not valid.");
        }

        foreach (
            var member in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetIndexParameters().Length == 0 && MayHoldOurs(p.PropertyType)))
        {
            Check(member.GetValue(value), at + JsonProblems.Pointer(member.Name), findings);
        }
    }

    private static bool MayHoldOurs(Type type) => IsOurs(type) || (type.IsGenericType && type.GenericTypeArguments.Any(IsOurs));

    /// <summary>Records of requests; what a request is handled with (stores, jobs) holds no annotations and is not looked into.</summary>
    private static bool IsOurs(Type type) =>
        type is { IsEnum: false, IsInterface: false, IsAbstract: false }
        && type.Namespace?.StartsWith("Wfm.", StringComparison.Ordinal) == true
        && type.GetMethod("<Clone>$") is not null;
}
