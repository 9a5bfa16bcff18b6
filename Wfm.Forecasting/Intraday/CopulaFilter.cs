using System.Runtime.InteropServices;
using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting.Intraday;

/// <summary>Kalman filter of the copula behind <see cref="SamplePaths"/>: a day factor and an interval factor, one score observed per step.</summary>
/// <remarks>
/// State x = (day, own), score z = √D·day + √(1−D)·own without further noise; own moves as AR(1) from step to step, day as AR(1) from day to day,
/// days counted from the first step. Both start standard normal, so that unobserved scores are standard normal. The filter gives exactly the
/// distribution of later scores given the observed ones. Source: Durbin &amp; Koopman, <i>Time Series Analysis by State Space Methods</i>, §4.3.
/// <para>What was learned of the level of a day fades: half of it is left after <see cref="LevelHalfLife"/>. Errors of a morning say much of noon and
/// little of the late evening: at a call centre the correlation of three hours' errors is 0.8 with the next three hours and 0.2 with those nine hours later.
/// Twelve hours were chosen among 4 to 48 and none, by the error of the rest of the day on the first 26 and 42 of the days held out at a call centre and an
/// emergency department (docs/measured.md scores it on the days after these).</para>
/// A struct: a copy goes on from the same knowledge.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal struct CopulaFilter
{
    /// <summary>In days: what was known of the level of a day is worth half as much after so long.</summary>
    internal const double LevelHalfLife = 0.5;

    private const double Known = 1e-9; // a score with less variance than this is known already

    private readonly double _dayShare;
    private readonly double _ownShare;
    private readonly double _rho;
    private readonly double _rhoDay;
    private readonly double _rhoLevel; // from step to step within a day
    private readonly int _stepsPerDay;
    private double _day;
    private double _own;
    private bool _hasLearned;

    public CopulaFilter(PathDependence dependence, int stepsPerDay)
    {
        (_dayShare, _ownShare) = (Math.Sqrt(dependence.DayFactor), Math.Sqrt(1 - dependence.DayFactor));
        (_rho, _rhoDay, _stepsPerDay) = (dependence.Autocorrelation, dependence.DayAutocorrelation, stepsPerDay);
        _rhoLevel = Math.Pow(0.5, 1 / (LevelHalfLife * stepsPerDay));
        (DayVariance, OwnVariance) = (1, 1);
    }

    /// <summary>Variance of the day factor.</summary>
    public double DayVariance { get; private set; }

    /// <summary>Variance of the interval factor.</summary>
    public double OwnVariance { get; private set; }

    /// <summary>Covariance of the two.</summary>
    public double Covariance { get; private set; }

    /// <summary>Mean of the score of this step given all that was observed.</summary>
    public readonly double Mean => (_dayShare * _day) + (_ownShare * _own);

    /// <summary>Variance of the score of this step given all that was observed, at most 1.</summary>
    public readonly double Variance => (_dayShare * DayLoading) + (_ownShare * OwnLoading);

    /// <summary>Whether nothing is known of this step beyond the forecast.</summary>
    public readonly bool IsUninformed => _day == 0 && _own == 0 && DayVariance == 1 && OwnVariance == 1;

    /// <summary>Covariance of the day factor and the score.</summary>
    public readonly double DayLoading => (_dayShare * DayVariance) + (_ownShare * Covariance);

    /// <summary>Covariance of the interval factor and the score.</summary>
    public readonly double OwnLoading => (_dayShare * Covariance) + (_ownShare * OwnVariance);

    /// <summary>Goes to a step from the one before.</summary>
    public void Advance(int step)
    {
        if (step == 0)
        {
            return; // the state starts there
        }

        var (day, own) = Factors(step);
        _own *= own;
        OwnVariance = 1 - (own * own * (1 - OwnVariance)); // stays 1 to the last bit where nothing is known
        Covariance *= own * day;
        _day *= day;
        DayVariance = 1 - (day * day * (1 - DayVariance));
    }

    /// <summary>What is left of the factors of the step before. Of a day of which nothing was learned all steps have the level in common.</summary>
    public readonly (double Day, double Own) Factors(int step) => (step % _stepsPerDay == 0 ? _rhoDay : _hasLearned ? _rhoLevel : 1, _rho);

    /// <summary>Factors drawn from what is known of them at this step.</summary>
    public readonly (double Day, double Own) Draw(ref PortableRandom random)
    {
        var (first, second) = (random.NextNormal(), random.NextNormal());
        var deviation = Math.Sqrt(DayVariance);
        var shared = deviation > 0 ? Covariance / deviation : 0;
        return (_day + (deviation * first), _own + (shared * first) + (Math.Sqrt(Math.Max(0, OwnVariance - (shared * shared))) * second));
    }

    /// <summary>Factors of a step, drawn after those of the step before.</summary>
    public readonly (double Day, double Own) Follow((double Day, double Own) before, int step, ref PortableRandom random)
    {
        var (day, own) = Factors(step);
        return (
            (day * before.Day) + (Math.Sqrt(1 - (day * day)) * random.NextNormal()),
            (own * before.Own) + (Math.Sqrt(1 - (own * own)) * random.NextNormal()));
    }

    /// <summary>Covariance of two factors with the score, given theirs with something else: √D·day + √(1−D)·own.</summary>
    public readonly double Score(double day, double own) => (_dayShare * day) + (_ownShare * own);

    /// <summary>Logarithm of the density of the score of this step, but for a constant; 0 where it is known already.</summary>
    public readonly double LogDensity(double score)
    {
        var (variance, surprise) = (Variance, score - Mean);
        return variance < Known ? 0 : -0.5 * (Math.Log(variance) + (surprise * surprise / variance));
    }

    /// <summary>Takes the score of this step in.</summary>
    public void Observe(double score)
    {
        var variance = Variance;
        if (variance < Known)
        {
            return;
        }

        var (surprise, day, own) = (score - Mean, DayLoading, OwnLoading);
        _hasLearned = true;
        _day += day / variance * surprise;
        _own += own / variance * surprise;
        DayVariance = Math.Max(0, DayVariance - (day * day / variance));
        OwnVariance = Math.Max(0, OwnVariance - (own * own / variance));
        Covariance -= day * own / variance;
    }
}
