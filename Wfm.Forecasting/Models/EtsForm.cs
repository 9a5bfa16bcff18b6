namespace Wfm.Forecasting.Models;

/// <summary>How a component of an exponential smoothing model enters.</summary>
public enum EtsComponent
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Added.</summary>
    Additive,

    /// <summary>Multiplied.</summary>
    Multiplicative,
}

/// <summary>A member of the ETS family, error × trend × season, with additive trends as in R's default.</summary>
/// <param name="Error">Additive or multiplicative.</param>
/// <param name="Trend">None or additive.</param>
/// <param name="Season">None, additive or multiplicative.</param>
/// <param name="Damped">Whether the trend is damped.</param>
public sealed record EtsForm(EtsComponent Error, EtsComponent Trend, EtsComponent Season, bool Damped = false)
{
    /// <summary>Name in the taxonomy, such as <c>ETS(M,Ad,M)</c>.</summary>
    public override string ToString() => $"ETS({Letter(Error)},{Letter(Trend)}{(Damped ? "d" : "")},{Letter(Season)})";

    /// <summary>Letters of the taxonomy in small, such as <c>madm</c>.</summary>
    internal string Code => $"{Letter(Error)}{Letter(Trend)}{(Damped ? "d" : "")}{Letter(Season)}".ToLowerInvariant();

    /// <summary>The form, or the nearest a history can have: no season where there is none, additive parts where values are not above zero.</summary>
    /// <param name="seasonal">Whether the history has seasons.</param>
    /// <param name="positive">Whether every observation is above zero.</param>
    internal EtsForm For(bool seasonal, bool positive) => this with
    {
        Error = Usable(Error, positive),
        Season = seasonal ? Usable(Season, positive) : EtsComponent.None,
    };

    /// <summary>The forms tried for a series, those R's <c>ets</c> tries.</summary>
    /// <param name="seasonal">Whether seasons are tried.</param>
    /// <param name="positive">Whether every observation is above zero; otherwise multiplicative parts make no sense.</param>
    public static IEnumerable<EtsForm> Candidates(bool seasonal, bool positive)
    {
        EtsComponent[] errors = positive ? [EtsComponent.Additive, EtsComponent.Multiplicative] : [EtsComponent.Additive];
        EtsComponent[] seasons = !seasonal ? [EtsComponent.None]
            : positive ? [EtsComponent.None, EtsComponent.Additive, EtsComponent.Multiplicative] : [EtsComponent.None, EtsComponent.Additive];
        foreach (var error in errors)
        {
            foreach (var season in seasons)
            {
                if (error == EtsComponent.Additive && season == EtsComponent.Multiplicative)
                {
                    continue; // infinite variance of the forecast, left out by R too
                }

                yield return new EtsForm(error, EtsComponent.None, season);
                yield return new EtsForm(error, EtsComponent.Additive, season);
                yield return new EtsForm(error, EtsComponent.Additive, season, Damped: true);
            }
        }
    }

    private static EtsComponent Usable(EtsComponent component, bool positive) =>
        component == EtsComponent.Multiplicative && !positive ? EtsComponent.Additive : component;

    private static char Letter(EtsComponent component) => component switch
    {
        EtsComponent.Additive => 'A',
        EtsComponent.Multiplicative => 'M',
        _ => 'N',
    };
}
