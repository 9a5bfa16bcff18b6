using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Wfm.Tests.Architecture;

/// <summary>What an assembly's code reaches in the libraries, read from the compiled bodies of its methods.</summary>
/// <remarks>
/// Every method of the starting assembly counts as called. From there calls, field accesses and type tokens are followed. A virtual method or an
/// implementation of an interface is reached when its type is and what it overrides is (or stands in the framework). The members the compiler writes for a
/// record (its text, its equality) read every property and so are not followed.
/// </remarks>
internal sealed class Reach
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly string[] OfRecords = ["ToString", "PrintMembers", "Equals", "GetHashCode", "Deconstruct", "op_Equality", "op_Inequality"];
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly HashSet<Assembly> _libraries;
    private readonly HashSet<MethodBase> _methods = [];
    private readonly HashSet<Type> _types = [];
    private readonly Queue<MethodBase> _open = new();

    public Reach(Assembly from, IEnumerable<Assembly> libraries)
    {
        _libraries = [.. libraries];
        foreach (var method in from.GetTypes().SelectMany(MethodsOf))
        {
            Follow(method);
        }

        do
        {
            while (_open.TryDequeue(out var method))
            {
                Follow(method);
            }
        }
        while (AddOverrides());
    }

    /// <summary>Types of the libraries that nothing reaches, nor any type nested in them.</summary>
    public IEnumerable<Type> UnreachedTypes => _libraries.SelectMany(l => l.GetTypes())
        .Where(t => !t.IsNested && !IsCompiled(t) && !HasConstantsOnly(t) && !Nest(t).Any(_types.Contains));

    /// <summary>Methods of reached types that nothing reaches. Constructors and properties are left out: they say what a value is.</summary>
    public IEnumerable<MethodBase> UnreachedMethods => _libraries.SelectMany(l => l.GetTypes()).Where(_types.Contains)
        .SelectMany(t => t.GetMethods(All)).Where(m => !m.IsSpecialName && !IsCompiled(m) && m.GetMethodBody() is not null && !_methods.Contains(m));

    private static IEnumerable<Type> Nest(Type type) => [type, .. type.GetNestedTypes(All).SelectMany(Nest)];

    private static bool HasConstantsOnly(Type type) =>
        type.IsEnum || (type.GetFields(All) is { Length: > 0 } fields && fields.All(f => f.IsLiteral) && !MethodsOf(type).Any());

    private static bool IsCompiled(MemberInfo member) => member.Name.Contains('<') || member.IsDefined(typeof(CompilerGeneratedAttribute), false);

    private static IEnumerable<MethodBase> MethodsOf(Type type) => [.. type.GetMethods(All), .. type.GetConstructors(All)];

    private void Follow(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || (OfRecords.Contains(method.Name) && IsCompiled(method)))
        {
            return;
        }

        foreach (var local in body.LocalVariables)
        {
            Add(local.LocalType);
        }

        Type[] ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            Add(method.Module.ResolveMember(token, ofType, ofMethod)!);
        }
    }

    /// <summary>The metadata tokens in a body.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var i = 0; i < il.Length;)
        {
            var code = OpCodesByValue[il[i] == 0xFE ? unchecked((short)(0xFE00 | il[i + 1])) : il[i]];
            i += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return BitConverter.ToInt32(il, i);
            }

            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, i)),
                _ => 4,
            };
        }
    }

    private void Add(MemberInfo member)
    {
        switch (member)
        {
            case Type type:
                Add(type);
                break;
            case MethodBase method:
                Add(method);
                break;
            default:
                Add(member.DeclaringType!);
                break;
        }
    }

    private void Add(MethodBase method)
    {
        Add(method.DeclaringType!);
        foreach (var argument in method.IsGenericMethod ? method.GetGenericArguments() : [])
        {
            Add(argument);
        }

        if (_libraries.Contains(method.Module.Assembly) && Definition(method) is var definition && _methods.Add(definition))
        {
            _open.Enqueue(definition);
            foreach (var parameter in definition.GetParameters())
            {
                Add(parameter.ParameterType);
            }
        }
    }

    private void Add(Type type)
    {
        foreach (var part in type.HasElementType ? [type.GetElementType()!] : type.GetGenericArguments())
        {
            Add(part);
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (type.HasElementType || type.IsGenericParameter || !_libraries.Contains(definition.Assembly) || !_types.Add(definition))
        {
            return;
        }

        foreach (var used in definition.GetFields(All).Select(f => f.FieldType).Concat(definition.GetInterfaces()).Append(definition.BaseType).OfType<Type>())
        {
            Add(used);
        }

        if (definition.TypeInitializer is { } initializer)
        {
            Add(initializer);
        }
    }

    private bool AddOverrides()
    {
        foreach (var type in _types.Where(t => !t.IsInterface).ToArray())
        {
            var overridden = type.GetMethods(All).Where(m => m.IsVirtual && m.GetBaseDefinition() is var b && b != m && IsCalled(b));
            var implemented = type.GetInterfaces().Select(type.GetInterfaceMap)
                .SelectMany(map => map.InterfaceMethods.Zip(map.TargetMethods).Where(pair => IsCalled(pair.First)).Select(pair => pair.Second));
            foreach (var method in overridden.Concat(implemented.OfType<MethodInfo>()).ToArray())
            {
                Add(method);
            }
        }

        return _open.Count > 0;
    }

    private bool IsCalled(MethodBase method) => !_libraries.Contains(method.Module.Assembly) || _methods.Contains(Definition(method));

    /// <summary>The method as it is written, without arguments for its type parameters.</summary>
    private static MethodBase Definition(MethodBase method) => method.Module.ResolveMethod(method.MetadataToken)!;
}
