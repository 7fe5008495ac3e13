// What every test begins with: a county of its own, and people with their devices.

import { test as base, expect } from '@playwright/test';

import { Api } from './api.ts';
import { Device, type DeviceOptions } from './browser.ts';
import { DESK, TABLET } from './machine.ts';
import { Server } from './server.ts';

interface County {
  /** The server, with the demo county. */
  server: Server;
  /** Somebody at the API. */
  api: (login: string) => Promise<Api>;
  /** A device that nobody has signed in on. */
  device: (options?: DeviceOptions) => Promise<Device>;
  /** A phone, 360x640. */
  phone: (login: string) => Promise<Device>;
  /** A tablet, 1024x768, by touch. */
  tablet: (login: string) => Promise<Device>;
  /** A computer in an office. */
  desk: (login: string) => Promise<Device>;
}

export const test = base.extend<County>({
  server: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.remove();
  },
  api: async ({ server }, use) => {
    await use((login) => Api.signIn(server, login));
  },
  device: async ({ server }, use, info) => {
    const devices: Device[] = [];
    await use(async (options) => {
      const device = await Device.make(server, options);
      devices.push(device);
      return device;
    });
    for (const device of devices) {
      if (info.status !== info.expectedStatus) {
        await device.page.screenshot({ path: info.outputPath(`device-${devices.indexOf(device)}.png`) }).catch(() => {});
      }
      await device.close();
    }
    // A page that throws is broken even when the test did not notice.
    expect.soft(devices.flatMap((device) => device.complaints)).toEqual([]);
  },
  phone: async ({ device }, use) => {
    await use(async (login) => {
      const phone = await device();
      await phone.signIn(login);
      return phone;
    });
  },
  tablet: async ({ device }, use) => {
    await use(async (login) => {
      const tablet = await device({ viewport: TABLET });
      await tablet.signIn(login);
      return tablet;
    });
  },
  desk: async ({ device }, use) => {
    await use(async (login) => {
      const desk = await device({ viewport: DESK, touch: false });
      await desk.signIn(login);
      return desk;
    });
  },
});

export { expect };
