namespace Wfm.Api.Http;

/// <summary>What a library refuses, as findings: its parameter names carry the index, so they say where in the body the value stands.</summary>
internal static class LibraryFindings
{
    /// <summary>Makes a value of a library; what it refuses becomes a finding.</summary>
    /// <param name="at">JSON pointer of what the arguments were read from; the parameter's name is added.</param>
    /// <returns>The value; null when it was refused.</returns>
    public static T? Make<T>(this Findings findings, string at, Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            findings.Add(at + JsonProblems.Pointer(e.ParamName), (e as ArgumentOutOfRangeException)?.ActualValue, Words(e));
            return null;
        }
    }

    /// <summary>The message without what the runtime adds about parameters.</summary>
    public static string Words(ArgumentException exception)
    {
        var end = exception.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
