using FaceLoupe;
using FaceLoupe.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

// By convention, packages that register services put their Add...() into this namespace.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers FaceLoupe with an application's services.</summary>
public static class FaceLoupeServices
{
    /// <summary>
    /// Adds one <see cref="FaceLoupeDetector"/> for the whole application. The model is loaded when the detector is
    /// first resolved, and disposed with the container. Earlier registrations stay.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the options; null: the defaults, or what else configures them.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// Asking for the detector throws a <see cref="FaceLoupeException"/> when the model is missing, altered or invalid,
    /// or when the options are invalid; the next request tries again.
    /// </remarks>
    public static IServiceCollection AddFaceLoupe(
        this IServiceCollection services, Action<FaceLoupeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<FaceLoupeOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(provider =>
        {
            var chosen = provider.GetRequiredService<IOptions<FaceLoupeOptions>>().Value;
            return FaceLoupeDetector.Load(chosen.ModelFolder, chosen.Detector);
        });
        return services;
    }
}
