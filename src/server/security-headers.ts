import type {RequestHandler} from 'express';
import helmet from 'helmet';

/**
 * Headers that keep the viewer to itself: code, styles and data from this server only, in no one's frame.
 *
 * No HSTS and no `upgrade-insecure-requests`: the viewer is plain HTTP on the user's machine.
 */
export function securityHeaders(): RequestHandler {
  const self = ["'self'"];
  const none = ["'none'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: self,
        scriptSrc: self,
        scriptSrcAttr: none,
        styleSrc: self,
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: self,
        workerSrc: self,
        objectSrc: none,
        baseUri: none,
        formAction: none,
        frameAncestors: none,
      },
    },
    // Own pages say where they ask from, also at addresses where a browser sends no Sec-Fetch-Site.
    referrerPolicy: {policy: 'same-origin'},
    strictTransportSecurity: false,
    xFrameOptions: {action: 'deny'},
  });
}
